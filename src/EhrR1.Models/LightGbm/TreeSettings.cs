namespace EhrR1.Models;

/// <summary>How the gradient-boosted trees are grown; what is not named here is LightGBM's default.</summary>
public sealed record TreeSettings
{
    /// <summary>Trees a model, at least 1. The default value is 30.</summary>
    public int Trees { get; init; } = 30;

    /// <summary>Leaves a tree, at least 2. The default value is 7.</summary>
    public int Leaves { get; init; } = 7;

    /// <summary>Rows a leaf at least. The default value is 10.</summary>
    public int RowsPerLeaf { get; init; } = 10;

    /// <summary>Step of each tree, above 0 to 1. The default value is 0.1.</summary>
    public double LearningRate { get; init; } = 0.1;

    /// <summary>Bins a column at most: counts above are one bin. The default value is 15.</summary>
    public int Bins { get; init; } = 15;

    /// <summary>L2 penalty of leaf values. The default value is 1.</summary>
    public double L2 { get; init; } = 1;

    /// <summary>The settings as LightGBM's parameter string.</summary>
    internal string ToParameters() => FormattableString.Invariant(
        $"objective=binary num_leaves={Leaves} min_data_in_leaf={RowsPerLeaf} learning_rate={LearningRate} max_bin={Bins} lambda_l2={L2} min_sum_hessian_in_leaf=0.1 use_missing=false feature_pre_filter=false deterministic=true force_row_wise=true num_threads=1 seed=1 verbosity=-1");
}
