namespace EhrR1.Knowledge;

/// <summary>A piece of a note.</summary>
/// <param name="Start">Where it starts, in UTF-16 characters.</param>
/// <param name="Length">Its length; 0 for the end of a line.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Word">Its number in the rules' <see cref="NoteVocabulary"/>, or 0 for a word that no rule names.</param>
internal readonly record struct NoteToken(int Start, int Length, NoteTokenKind Kind, int Word)
{
    public int End => Start + Length;

    public bool IsWord => Kind <= NoteTokenKind.Number;
}
