using EhrR1.Charts;

namespace EhrR1.Reasoning;

/// <summary>An event as it stands in a sample's input.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Time">Its time, or <see langword="null"/> where the input says <c>None</c>.</param>
/// <param name="Heading">Where its heading stands.</param>
/// <param name="Body">What follows, up to the next event.</param>
internal sealed record InputEvent(EventType Type, DateTime? Time, TextSpan Heading, TextSpan Body);
