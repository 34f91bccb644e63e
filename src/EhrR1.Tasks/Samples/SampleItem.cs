using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>An item that stands in a sample's input.</summary>
/// <param name="Part">Where in the input.</param>
/// <param name="Item">The item; <see cref="EventItem.VisibleFrom"/> says from when on it was known.</param>
public readonly record struct SampleItem(SamplePart Part, EventItem Item);
