namespace EhrR1.Knowledge;

/// <summary>What thinking graphs are made of; shared by all threads.</summary>
internal sealed record GraphSources(TermTable Terms, LiftTable Lift, TermLinks Links, GraphPaths Paths, Terminology Terminology, GraphOptions Options)
{
    /// <summary>Reads a workspace's links and pairs.</summary>
    public static GraphSources Read(string termsPath, string pairsPath, Terminology terminology, GraphOptions options)
    {
        var terms = new TermTable();
        var links = TermLinks.Read(termsPath, terms, terminology);
        return new GraphSources(terms, LiftTable.Read(pairsPath, terms), links, new GraphPaths(terminology, links, new PathFinder(terminology, options.Paths), options), terminology, options);
    }
}
