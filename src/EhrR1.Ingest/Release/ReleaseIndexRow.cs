namespace EhrR1.Ingest;

/// <summary>One sample of the release's index, read; positions are those of events in the patient's file.</summary>
internal sealed record ReleaseIndexRow(long SubjectId, long? HadmId, string? Task, string? Event, long? Begin, long? End, long? Admission, long? LastDischarge, string? Target, string Origin, string Split)
{
    /// <summary>What is wrong with the row for a patient of so many events, or <see langword="null"/>.</summary>
    public string? FaultIn(IReadOnlyList<ReleasedEvent> events)
    {
        if (Task is null || Event is null || Target is null)
            return "The release's index has a row without task, event or target";
        if (Begin is not { } begin || End is not { } end || begin < 0 || end < begin || end > events.Count)
            return $"The release's index has a row that points outside the chart of {events.Count} events";
        if (!Is(Admission, "admissions"))
            return "The release's index has a row whose admissions_id is no admission of the chart";
        return Is(LastDischarge, "discharge") ? null : "The release's index has a row whose last_discharge_id is no discharge note of the chart";

        bool Is(long? position, string type) => position is not { } at || (at >= 0 && at < events.Count && events[(int)at].Type.Name == type);
    }
}
