using EhrR1.Knowledge;

namespace EhrR1.Examples;

/// <summary>Knowledge: build a terminology from a folder of tables and find the concepts of a misspelt name.</summary>
public static class KnowledgeExample
{
    /// <summary>The preferred names of all concepts that a text may mean, the most similar first.</summary>
    public static IReadOnlyList<string> Concepts(string tables, string file, string text)
    {
        TerminologyBuild.Write([new TableSource(tables)], file);
        using var terminology = Terminology.Open(file);
        var names = new List<string>();
        foreach (var match in terminology.Names.Find(text, SimilarityThreshold.Default))
        {
            foreach (int concept in terminology.ConceptsOf(match.Name))
                names.Add(terminology.Name(concept));
        }

        return names;
    }
}
