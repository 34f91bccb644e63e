namespace EhrR1.Models;

/// <summary>A text that was cut to fit into a number of tokens.</summary>
/// <param name="Text">The end of the input and the whole question.</param>
/// <param name="Tokens">Its tokens.</param>
/// <param name="CutTokens">How many tokens more the uncut text has; 0 where nothing was cut.</param>
public readonly record struct FittedText(string Text, int Tokens, int CutTokens);
