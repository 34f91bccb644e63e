using EhrR1.Charts;

namespace EhrR1.Tasks;

/// <summary>What may be put in front of a context: the last discharge note of another stay, and the stay's admission.</summary>
internal readonly record struct FrontMatter
{
    private static readonly EventType _discharge = EventCatalog.Get("discharge");

    private readonly int _note;
    private readonly int _admissionBefore;
    private readonly int _admissionOrAnchor;

    private FrontMatter(int note, int admissionBefore, int admissionOrAnchor)
    {
        _note = note;
        _admissionBefore = admissionBefore;
        _admissionOrAnchor = admissionOrAnchor;
    }

    public static FrontMatter Of(ChartTimeline timeline, TaskAnchor anchor, DateTime predictionTime, ChartProfile profile)
    {
        var admission = anchor.Type.Module == EventModule.Ed ? -1 : timeline.AdmissionOf(anchor.HadmId);
        return new FrontMatter(
            LastNote(timeline, anchor, predictionTime, profile),
            admission < anchor.Position ? admission : -1,
            admission <= anchor.Position ? admission : -1);
    }

    /// <summary>The position of the note for a task, or −1.</summary>
    public int NoteFor(TaskDefinition task) => task.ShowsLastDischarge ? _note : -1;

    /// <summary>The position of the admission for a task, or −1; a risk task shows it where it is the anchor itself.</summary>
    public int AdmissionFor(TaskDefinition task) => !task.ShowsAdmission ? -1 : task.Kind == TaskKind.Risk ? _admissionOrAnchor : _admissionBefore;

    private static int LastNote(ChartTimeline timeline, TaskAnchor anchor, DateTime predictionTime, ChartProfile profile)
    {
        var notes = timeline.EventsOf(_discharge);
        for (var i = ChartTimeline.LowerBound(notes, anchor.Position) - 1; i >= 0; i--)
        {
            var note = timeline[notes[i]];
            if (note.HadmId != anchor.HadmId && (profile == ChartProfile.EhrBench || note[0].VisibleFrom is not { } known || known <= predictionTime))
                return notes[i];
        }

        return -1;
    }
}
