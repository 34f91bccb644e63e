using Microsoft.Win32.SafeHandles;

namespace EhrR1.Models;

/// <summary>A dataset of LightGBM; freed with the handle.</summary>
internal sealed class LightGbmDatasetHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => LightGbmLibrary.LGBM_DatasetFree(handle) == 0;
}

/// <summary>A booster of LightGBM; freed with the handle.</summary>
internal sealed class LightGbmBoosterHandle() : SafeHandleZeroOrMinusOneIsInvalid(ownsHandle: true)
{
    protected override bool ReleaseHandle() => LightGbmLibrary.LGBM_BoosterFree(handle) == 0;
}
