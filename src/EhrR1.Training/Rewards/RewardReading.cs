namespace EhrR1.Training;

/// <summary>How the items of an answer are read for the accuracy term; evaluation reports both.</summary>
public enum RewardReading
{
    /// <summary>One item a line and nothing else, as published: what is dressed otherwise does not count.</summary>
    Strict,

    /// <summary>However it is dressed: bullets, JSON and the like are taken off.</summary>
    Tolerant,
}
