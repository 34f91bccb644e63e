using EhrR1.Charts;

namespace EhrR1.Hospital;

/// <summary>The built-in knowledge: what every synthetic hospital is made from, and distractors that none is made from, as a terminology in UMLS's Rich Release Format.</summary>
/// <remarks>
/// Identifiers are of a namespace of their own, <c>EHRR1:000123</c>, so that none can be taken for one of UMLS. Names and codes come from the hospital's own content
/// alone. The same program writes the same bytes. Safe for several threads.
/// </remarks>
public static class HospitalKnowledge
{
    /// <summary>What the terminology is called.</summary>
    public const string Name = "Synthetic hospital";

    /// <summary>The terms on which it may be used.</summary>
    public const string Licence = "Synthetic hospital's knowledge: Apache-2.0; no source of medical advice, false relations are among it on purpose";

    /// <summary>Writes MRCONSO.RRF, MRSTY.RRF, MRDEF.RRF and MRREL.RRF, and beside them distractors.csv: the relations among them that are false.</summary>
    /// <param name="folder">The folder; made if missing; files of these names are replaced, readable by their owner alone.</param>
    /// <returns>Counts of what was written.</returns>
    /// <exception cref="EhrR1Exception">The folder cannot be written.</exception>
    public static HospitalKnowledgeSummary Write(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var content = HospitalContent.Shared;
        var book = HospitalConcepts.Of(content);
        KnownRelation[] truth = [.. TrueRelations.All(content, book).Where(r => r.To is not null).Select(r => RelationLabels.Of(r.Relation, r.From, r.To!)).Where(r => r.From != r.To).Distinct()];
        KnownRelation[] classes = [.. book.All.SelectMany(c => c.Parents.Select(p => new KnownRelation(c, RelationLabels.IsA, p)))];
        var known = book.All.Count;
        var distractors = Distractors.Draw(content, book, truth);
        var rows = new RrfFolder(folder);
        rows.WriteNames(book.All);
        rows.WriteTypes(book.All);
        rows.WriteDefinitions(book.All);
        rows.WriteRelations([.. truth, .. classes, .. distractors]);
        WriteDistractors(Path.Combine(folder, "distractors.csv"), distractors);
        var hubs = book.All.Count(c => c.Kind == ConceptKind.Hub);
        return new HospitalKnowledgeSummary(known, book.All.Take(known).Sum(c => c.Names.Select(n => n.Text).Distinct(StringComparer.OrdinalIgnoreCase).Count()), truth.Length, classes.Length,
            book.All.Count - known - hubs, distractors.Count(d => d.Label != RelationLabels.IsA), hubs, distractors.Count(d => d.Label == RelationLabels.IsA));
    }

    // Relations by the names and the wording that a terminology built from the files gives them.
    private static void WriteDistractors(string path, IEnumerable<KnownRelation> distractors)
    {
        var table = new TableBuffer();
        foreach (var (from, label, to) in distractors)
            table.Text(from.Name).Text(label.Replace('_', ' ')).Text(to.Name).Text(from.Id).Text(to.Id).End();
        AtomicFile.Write(path, stream =>
        {
            stream.Write("source,relation,target,source_id,target_id\n"u8);
            stream.Write(table.Written.Span);
        });
    }
}
