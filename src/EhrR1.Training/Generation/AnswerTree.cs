namespace EhrR1.Training;

/// <summary>Allowed answers as a tree of tokens: at every place, what may come next.</summary>
internal sealed class AnswerTree
{
    private readonly Dictionary<int, AnswerTree> _next = [];

    public bool IsAnswer { get; private set; }

    public bool IsLeaf => _next.Count == 0;

    public IEnumerable<int> Tokens => _next.Keys;

    public static AnswerTree Of(IReadOnlyList<IReadOnlyList<int>> answers)
    {
        var root = new AnswerTree();
        foreach (var answer in answers)
        {
            if (answer.Count == 0)
                throw new ArgumentException("An allowed answer has no tokens.", nameof(answers));
            var at = root;
            foreach (var token in answer)
            {
                if (!at._next.TryGetValue(token, out var next))
                    at._next[token] = next = new AnswerTree();
                at = next;
            }

            at.IsAnswer = true;
        }

        return root.IsLeaf ? throw new ArgumentException("No answer is allowed.", nameof(answers)) : root;
    }

    /// <summary>The place after a token, or <see langword="null"/> where it is none of the answers'.</summary>
    public AnswerTree? After(int token) => _next.GetValueOrDefault(token);
}
