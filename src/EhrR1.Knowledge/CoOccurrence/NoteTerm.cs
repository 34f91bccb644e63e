namespace EhrR1.Knowledge;

/// <summary>A concept that an event's free text asserts: its name, when it is known from, and how the text spells it.</summary>
internal readonly record struct NoteTerm(string Term, DateTime? VisibleFrom, string Spelling);
