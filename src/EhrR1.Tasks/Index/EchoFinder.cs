namespace EhrR1.Tasks;

/// <summary>Tells whether another event type named a label within the hour before the anchor, as an order names the drug that is then prescribed.</summary>
internal sealed class EchoFinder(ChartTimeline timeline)
{
    private static readonly long _reach = TimeSpan.FromHours(1).Ticks;
    private readonly NameIndex _names = new(timeline.Chart);

    /// <summary>Whether an event of another type in the window, started less than an hour before the anchor and known by then, has a label as one of its names.</summary>
    public bool IsEcho(TaskAnchor anchor, ContextWindow window, IReadOnlyList<string> labels)
    {
        var since = anchor.Time.Ticks - _reach;
        foreach (var label in labels)
        {
            var places = _names.PlacesOf(label);
            for (var i = FirstAfter(places, window.Last) - 1; i >= 0; i--)
            {
                var (position, visibleFrom) = places[i];
                if (position < window.First || timeline.StartOf(position) <= since)
                    break;
                if (visibleFrom <= anchor.Time && timeline[position].Type != anchor.Type
                    && timeline.StayOf(position) == timeline.StayOf(anchor.Position) && !timeline.IsCodedAfter(position, anchor.HadmId))
                    return true;
            }
        }

        return false;
    }

    private static int FirstAfter(IReadOnlyList<(int Position, DateTime VisibleFrom)> places, int position)
    {
        var (low, high) = (0, places.Count);
        while (low < high)
        {
            var middle = (low + high) >> 1;
            if (places[middle].Position <= position)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
