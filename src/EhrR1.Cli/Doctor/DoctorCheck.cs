namespace EhrR1.Cli;

/// <summary>One thing that the doctor looked at.</summary>
/// <param name="Name">What was looked at.</param>
/// <param name="State">Whether it is well.</param>
/// <param name="Found">What was found.</param>
/// <param name="WhatToDo">What to do about it, where it is not well.</param>
internal sealed record DoctorCheck(string Name, DoctorState State, string Found, string? WhatToDo = null);
