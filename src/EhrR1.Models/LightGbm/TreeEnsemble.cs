using System.Globalization;

namespace EhrR1.Models;

/// <summary>A fitted model read from LightGBM's text format, predicting without the native library.</summary>
/// <remarks>
/// Numerical splits without missing values, as <see cref="TreeSettings"/> asks for. Immutable; safe for use by any number of threads.
/// Source: LightGBM 4.7, <c>Tree::ToString</c>: a child below 0 is the leaf of its complement; a row goes left where its value is not above the threshold.
/// </remarks>
internal sealed class TreeEnsemble
{
    private readonly Tree[] _trees;

    private TreeEnsemble(Tree[] trees) => _trees = trees;

    /// <summary>Reads a model.</summary>
    /// <exception cref="FormatException">The text is no model of this kind.</exception>
    public static TreeEnsemble Parse(string model)
    {
        var trees = new List<Tree>();
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var line in model.AsSpan().EnumerateLines())
        {
            if (line.StartsWith("Tree=") || line.SequenceEqual("end of trees"))
            {
                if (fields.ContainsKey("num_leaves"))
                    trees.Add(Tree.Of(fields));
                fields.Clear();
                if (line[0] == 'e')
                    return new TreeEnsemble([.. trees]);
                continue;
            }

            var equals = line.IndexOf('=');
            if (equals > 0)
                fields[line[..equals].ToString()] = line[(equals + 1)..].ToString();
        }

        throw new FormatException("A LightGBM model ends without 'end of trees'.");
    }

    /// <summary>The probability of a row.</summary>
    /// <param name="row">One value a column.</param>
    public double Probability(ReadOnlySpan<float> row)
    {
        var raw = 0.0;
        foreach (var tree in _trees)
            raw += tree.Value(row);
        return 1 / (1 + Math.Exp(-raw));
    }

    private sealed class Tree
    {
        private readonly int[] _features;
        private readonly double[] _thresholds;
        private readonly int[] _left;
        private readonly int[] _right;
        private readonly double[] _leaves;

        private Tree(int[] features, double[] thresholds, int[] left, int[] right, double[] leaves)
            => (_features, _thresholds, _left, _right, _leaves) = (features, thresholds, left, right, leaves);

        public static Tree Of(Dictionary<string, string> fields)
        {
            if (fields["num_cat"] != "0" || Numbers<int>(fields, "decision_type").Any(d => d is not (0 or 2)))
                throw new FormatException("A LightGBM model has splits other than numerical ones without missing values.");
            return new Tree(
                Numbers<int>(fields, "split_feature"), Numbers<double>(fields, "threshold"),
                Numbers<int>(fields, "left_child"), Numbers<int>(fields, "right_child"), Numbers<double>(fields, "leaf_value"));
        }

        public double Value(ReadOnlySpan<float> row)
        {
            if (_features.Length == 0)
                return _leaves[0];
            var node = 0;
            do
                node = row[_features[node]] <= _thresholds[node] ? _left[node] : _right[node];
            while (node >= 0);
            return _leaves[~node];
        }

        private static T[] Numbers<T>(Dictionary<string, string> fields, string name)
            where T : ISpanParsable<T>
            => fields.TryGetValue(name, out var text)
                ? [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(n => T.Parse(n, CultureInfo.InvariantCulture))]
                : [];
    }
}
