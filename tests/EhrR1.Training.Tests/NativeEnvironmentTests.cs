using System.Runtime.InteropServices;

namespace EhrR1.Training.Tests;

public sealed class NativeEnvironmentTests
{
    [Fact]
    public void SetUnlessSet_Twice_NativeCodeSeesTheFirstValue()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Variables are set for native code on Linux alone.");
        const string Name = "EHR_R1_TEST_OF_NATIVE_ENVIRONMENT";
        Seen(Name).ShouldBeNull();
        NativeEnvironment.SetUnlessSet(Name, "1");
        NativeEnvironment.SetUnlessSet(Name, "2");
        Seen(Name).ShouldBe("1");
    }

    private static string? Seen(string name)
    {
        var library = NativeLibrary.Load("libc.so.6");
        var read = Marshal.GetDelegateForFunctionPointer<ReadVariable>(NativeLibrary.GetExport(library, "getenv"));
        return Marshal.PtrToStringUTF8(read(name));
    }

    private delegate nint ReadVariable([MarshalAs(UnmanagedType.LPUTF8Str)] string name);
}
