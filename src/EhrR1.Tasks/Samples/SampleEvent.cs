namespace EhrR1.Tasks;

/// <summary>An event that stands in a sample's input.</summary>
/// <param name="Part">Where in the input.</param>
/// <param name="Position">The event's place in its chart, or −1 for front matter that the sample does not have.</param>
public readonly record struct SampleEvent(SamplePart Part, int Position);
