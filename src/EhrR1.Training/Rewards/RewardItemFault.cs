namespace EhrR1.Training;

/// <summary>What is wrong with one item of a request.</summary>
/// <param name="Item">Its place in the batch, from 0.</param>
/// <param name="Id">The sample's id as the item gives it, or <see langword="null"/>.</param>
/// <param name="Message">What is wrong and what to do; never a text of the item.</param>
internal sealed record RewardItemFault(int Item, string? Id, string Message);
