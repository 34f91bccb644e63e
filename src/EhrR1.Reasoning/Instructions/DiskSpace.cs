namespace EhrR1.Reasoning;

/// <summary>The free space of the disk that a folder is on.</summary>
public static class DiskSpace
{
    /// <summary>Free bytes at a folder, which need not exist yet.</summary>
    public static long FreeAt(string folder)
    {
        var place = Path.GetFullPath(folder);
        while (!Directory.Exists(place) && Path.GetDirectoryName(place) is { } parent)
            place = parent;
        return new DriveInfo(place).AvailableFreeSpace;
    }
}
