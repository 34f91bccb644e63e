namespace EhrR1.Hospital;

/// <summary>Points in time as seconds since 0001-01-01.</summary>
internal static class Clock
{
    public const long Minute = 60;
    public const long Hour = 3600;
    public const long Day = 86_400;

    public static long StartOfDay(long time) => time - (time % Day);

    public static long At(int year, int month, int day) => (long)new DateOnly(year, month, day).DayNumber * Day;

    public static int YearOf(long time) => DateOnly.FromDayNumber((int)(time / Day)).Year;

    public static double HourOfDay(long time) => time % Day / 3600.0;

    public static long Hours(double hours) => (long)(hours * 3600);

    public static long WholeMinutes(long time) => time - (time % 60);
}
