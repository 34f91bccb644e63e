using System.Text;
using EhrR1.Charts;

namespace EhrR1.Knowledge.Tests;

/// <summary>A source that says what a test tells it to.</summary>
internal sealed class SaidSource(params IReadOnlyList<Action<ITerminologyIntake>> sayings) : ITerminologySource
{
    public string Name => "said";

    public IReadOnlyList<string> Licences => ["of the test"];

    public static Action<ITerminologyIntake> Concept(string id, string name) => intake => intake.Name(Utf8(id), Utf8(name), 0);

    public static Action<ITerminologyIntake> Code(string id, string vocabulary, string code) => intake => intake.Code(Utf8(id), Utf8(vocabulary), Utf8(code));

    public static Action<ITerminologyIntake> Relation(string subject, string relation, string @object, bool byName = false) =>
        intake => intake.Relation(Utf8(subject), Utf8(relation), Utf8(@object), byName);

    public void Read(ITerminologyIntake intake, IProgress<StageProgress>? progress, CancellationToken cancellationToken)
    {
        foreach (var say in sayings)
            say(intake);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
