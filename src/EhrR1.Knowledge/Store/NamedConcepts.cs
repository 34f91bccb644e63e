namespace EhrR1.Knowledge;

/// <summary>Finds the concepts that relations name instead of identifying: by the name as it is written, else by its normal form.</summary>
internal sealed class NamedConcepts
{
    private readonly TerminologyIntake _intake;
    private readonly TextTable _wanted;
    private readonly List<int>?[] _having;
    private readonly int[] _same;

    /// <summary>Looks for all names at once, in one or two passes over the intake's names.</summary>
    public NamedConcepts(TerminologyIntake intake, TextTable wanted)
    {
        _intake = intake;
        _wanted = wanted;
        _having = new List<int>?[wanted.Count];
        _same = [.. Enumerable.Range(0, wanted.Count)];
        Collect(AsWritten());
        Collect(Normalised());
    }

    /// <summary>The number of the name that stands for a wanted one: itself, or the first with its normal form.</summary>
    public int NameOf(int wanted) => _same[wanted];

    /// <summary>Of the concepts with a name: one of the subject's namespace, then one that goes by that name, then the first by its identifier; −1 for none.</summary>
    public int Best(int wanted, string subjectNamespace)
    {
        var name = _wanted.Text(wanted);
        return _having[_same[wanted]] is not { } concepts ? -1 : concepts
            .OrderBy(c => _intake.NamespaceOf(c) == subjectNamespace ? 0 : 1)
            .ThenBy(c => NameIndex.Fold(_intake.Shown.Text(_intake.PreferredOf(c))) == name ? 0 : 1)
            .ThenBy(_intake.Concepts.Text, StringComparer.Ordinal)
            .First();
    }

    private Dictionary<int, int> AsWritten()
    {
        var wantedOf = new Dictionary<int, int>();
        for (int i = 0; i < _wanted.Count; i++)
        {
            int known = _intake.Names.Find(_wanted.Text(i));
            if (known >= 0)
                wantedOf[known] = i;
        }

        return wantedOf;
    }

    /// <summary>The names whose normal form is that of a name which no concept has as it is written: "Seizures" for "seizure".</summary>
    private Dictionary<int, int> Normalised()
    {
        var wantedOf = new Dictionary<int, int>();
        var forms = new Dictionary<string, int>(StringComparer.Ordinal);
        // In the order of the texts, so that the order of reading leaves no trace.
        foreach (int i in _wanted.Sorted())
        {
            if (_having[i] is null && NormalForm.Of(_wanted.Text(i)) is { Length: > 0 } form && !forms.TryAdd(form, i))
                _same[i] = forms[form];
        }

        for (int name = 0; forms.Count > 0 && name < _intake.Names.Count; name++)
        {
            if (forms.TryGetValue(NormalForm.Of(_intake.Names.Text(name)), out int wanted))
                wantedOf[name] = wanted;
        }

        return wantedOf;
    }

    private void Collect(Dictionary<int, int> wantedOf)
    {
        if (wantedOf.Count == 0)
            return;
        foreach (var (name, concept) in _intake.NameConcepts.Sorted())
        {
            if (wantedOf.TryGetValue(name, out int wanted) && _intake.Exists(concept))
                (_having[wanted] ??= []).Add(concept);
        }
    }
}
