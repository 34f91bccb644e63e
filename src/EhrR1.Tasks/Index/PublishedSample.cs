namespace EhrR1.Tasks;

/// <summary>One row of a task index that the source brought with it.</summary>
internal sealed record PublishedSample(long SubjectId, long? HadmId, string Task, string Event, PublishedContext Context, string Target, string Split, string Origin);
