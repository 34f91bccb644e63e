namespace EhrR1.TestKit;

/// <summary>The folder with real records and code maps, where the machine has one.</summary>
internal static class RealData
{
    public static string? Folder { get; } = Environment.GetEnvironmentVariable("EHR_R1_DATA") is { Length: > 0 } folder && Directory.Exists(folder) ? folder : null;

    /// <summary>The public MIMIC-IV demo; skips the test where it is not there.</summary>
    public static string Demo()
    {
        Assert.SkipUnless(Folder is not null && Directory.Exists(Path.Combine(Folder, "mimic-iv-demo")), "EHR_R1_DATA names no folder that holds mimic-iv-demo.");
        return Path.Combine(Folder!, "mimic-iv-demo");
    }

    /// <summary>The code maps; skips the test where they are not there.</summary>
    public static string Maps()
    {
        Assert.SkipUnless(Folder is not null && Directory.Exists(Path.Combine(Folder, "maps")), "EHR_R1_DATA names no folder that holds maps.");
        return Path.Combine(Folder!, "maps");
    }

    /// <summary>The open knowledge on diseases and drugs; skips the test where it is not there.</summary>
    public static string Knowledge()
    {
        Assert.SkipUnless(Folder is not null && Directory.Exists(Path.Combine(Folder, "knowledge")), "EHR_R1_DATA names no folder that holds knowledge.");
        return Path.Combine(Folder!, "knowledge");
    }

    /// <summary>The folder of Qwen3's tokenizer; skips the test where it is not there.</summary>
    public static string Qwen3Tokenizer()
    {
        Assert.SkipUnless(Folder is not null && Directory.Exists(Path.Combine(Folder, "models", "qwen3-tokenizer")), "EHR_R1_DATA names no folder that holds models/qwen3-tokenizer.");
        return Path.Combine(Folder!, "models", "qwen3-tokenizer");
    }
}
