namespace EhrR1.Training;

/// <summary>A tensor's name and shape, as Hugging Face names it.</summary>
/// <param name="Name">The name, such as <c>model.layers.0.self_attn.q_proj.weight</c>.</param>
/// <param name="Shape">The sizes; a matrix has outputs first.</param>
public sealed record TensorShape(string Name, IReadOnlyList<long> Shape);
