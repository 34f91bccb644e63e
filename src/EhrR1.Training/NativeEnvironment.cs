using System.Runtime.InteropServices;

namespace EhrR1.Training;

/// <summary>Environment variables as native libraries of this process see them; what .NET sets on Linux is .NET's own alone.</summary>
internal static partial class NativeEnvironment
{
    /// <summary>Sets a variable unless the user has set it; on Linux alone, elsewhere nothing happens.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="value">Its value.</param>
    public static void SetUnlessSet(string name, string value)
    {
        if (OperatingSystem.IsLinux())
            _ = SetVariable(name, value, overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetVariable(string name, string value, int overwrite);
}
