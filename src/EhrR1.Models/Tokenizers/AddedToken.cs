namespace EhrR1.Models;

/// <summary>A token that was added to a vocabulary beside its merges (<c>&lt;|im_end|&gt;</c>, <c>&lt;think&gt;</c>).</summary>
/// <param name="Id">Its id.</param>
/// <param name="Text">Its text, as a chat template writes it.</param>
/// <param name="IsSpecial">Whether it is left out when text without special tokens is decoded.</param>
public sealed record AddedToken(int Id, string Text, bool IsSpecial);
