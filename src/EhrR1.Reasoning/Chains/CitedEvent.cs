namespace EhrR1.Reasoning;

/// <summary>An event of the record that a chain cites: <c>**Event Name [Event Time]**: …</c>.</summary>
/// <param name="Name">The event's name as it is written there.</param>
/// <param name="Time">The time, or <see langword="null"/> where it says <c>None</c>.</param>
/// <param name="Precision">How exact the time is: a day, a minute or a second; zero where it says <c>None</c>.</param>
/// <param name="Span">Where name and time stand.</param>
/// <param name="Said">What is said of the event; empty where it is only mentioned in a sentence.</param>
public sealed record CitedEvent(string Name, DateTime? Time, TimeSpan Precision, TextSpan Span, TextSpan Said);
