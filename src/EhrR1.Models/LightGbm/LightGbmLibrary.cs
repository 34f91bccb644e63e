using System.Runtime.InteropServices;
using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>LightGBM's C interface, as far as fitting needs it.</summary>
/// <remarks>Source: LightGBM 4.7, <c>include/LightGBM/c_api.h</c>. Each call returns 0, or −1 with a text of its last error.</remarks>
internal static partial class LightGbmLibrary
{
    public const int FloatType = 0, IntType = 2;
    private const string Name = "lib_lightgbm";

    [LibraryImport(Name)]
    public static partial int LGBM_DatasetCreateFromCSR(
        int[] indptr, int indptrType, int[] indices, float[] data, int dataType, long indptrCount, long elements, long columns,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string parameters, IntPtr reference, out LightGbmDatasetHandle dataset);

    [LibraryImport(Name)]
    public static partial int LGBM_DatasetSetField(
        LightGbmDatasetHandle dataset, [MarshalAs(UnmanagedType.LPUTF8Str)] string field, float[] data, int count, int type);

    [LibraryImport(Name)]
    public static partial int LGBM_DatasetFree(IntPtr dataset);

    [LibraryImport(Name)]
    public static partial int LGBM_BoosterCreate(
        LightGbmDatasetHandle dataset, [MarshalAs(UnmanagedType.LPUTF8Str)] string parameters, out LightGbmBoosterHandle booster);

    [LibraryImport(Name)]
    public static partial int LGBM_BoosterUpdateOneIter(LightGbmBoosterHandle booster, out int finished);

    [LibraryImport(Name)]
    public static partial int LGBM_BoosterSaveModelToString(
        LightGbmBoosterHandle booster, int start, int count, int importance, long capacity, out long length, byte[] text);

    [LibraryImport(Name)]
    public static partial int LGBM_BoosterPredictForCSR(
        LightGbmBoosterHandle booster, int[] indptr, int indptrType, int[] indices, float[] data, int dataType, long indptrCount,
        long elements, long columns, int predictType, int start, int count,
        [MarshalAs(UnmanagedType.LPUTF8Str)] string parameters, out long length, double[] result);

    [LibraryImport(Name)]
    public static partial int LGBM_BoosterFree(IntPtr booster);

    [LibraryImport(Name)]
    private static partial IntPtr LGBM_GetLastError();

    [LibraryImport(Name)]
    private static partial int LGBM_GetMaxThreads(out int threads);

    /// <summary>Throws what LightGBM reports where a call failed.</summary>
    public static void Check(int result)
    {
        if (result != 0)
            throw new InvalidOperationException($"LightGBM failed: {Marshal.PtrToStringUTF8(LGBM_GetLastError())}");
    }

    /// <summary>Makes sure that the library is there before any work is done.</summary>
    /// <exception cref="EhrR1Exception">This platform has no LightGBM, or it cannot be loaded.</exception>
    public static void Require()
    {
        try
        {
            Check(LGBM_GetMaxThreads(out _));
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or EntryPointNotFoundException)
        {
            throw new EhrR1Exception(
                "The model 'gbm' needs LightGBM, which could not be loaded here",
                RuntimeInformation.RuntimeIdentifier,
                OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64
                    ? "Install the OpenMP runtime (Debian and Ubuntu: apt-get install libgomp1), or use the models 'prior' and 'copy-last'"
                    : "Fit it on linux-x64 or win-x64, where LightGBM exists, or use the models 'prior' and 'copy-last'",
                e);
        }
    }
}
