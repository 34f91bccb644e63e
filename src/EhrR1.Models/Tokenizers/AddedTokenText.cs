namespace EhrR1.Models;

/// <summary>A token that a trained vocabulary is to have beside its merges.</summary>
/// <param name="Text">Its text.</param>
/// <param name="IsSpecial">Whether it is left out of decoded answers (<c>&lt;|im_end|&gt;</c>), not part of them (<c>&lt;think&gt;</c>).</param>
public sealed record AddedTokenText(string Text, bool IsSpecial);
