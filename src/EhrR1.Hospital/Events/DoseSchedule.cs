namespace EhrR1.Hospital;

/// <summary>When doses fall due: at the ward's rounds for daily frequencies, by the clock for hourly ones, by need for the rest.</summary>
internal static class DoseSchedule
{
    /// <summary>Hours of the day at which a frequency is given on rounds, as the pharmacy prints them.</summary>
    public static string Rounds(string frequency) => frequency switch
    {
        "DAILY" or "QAM" or "Q24H" => "08",
        "BID" => "08, 20",
        "TID" => "08, 14, 20",
        "QID" => "08, 12, 17, 22",
        "HS" or "QHS" or "QPM" => "22",
        "TID W/MEALS" => "08, 12, 17",
        _ => "",
    };

    public static double DosesADay(string frequency) => frequency switch
    {
        "DAILY" or "QAM" or "Q24H" or "HS" or "QHS" or "QPM" => 1,
        "BID" or "Q12H" => 2,
        "TID" or "TID W/MEALS" or "Q8H" => 3,
        "QID" or "Q6H" => 4,
        "Q4H" => 6,
        "EVERY OTHER DAY" => 0.5,
        "1X/WEEK" or "QTUES" => 0.14,
        "3X/WEEK" => 0.43,
        "Q72H" => 0.33,
        _ => 0,
    };

    public static bool IsOnce(string frequency) => frequency.StartsWith("ONCE", StringComparison.Ordinal) || frequency.StartsWith("NOW", StringComparison.Ordinal);

    public static bool IsByNeed(string frequency) => frequency.Contains("PRN", StringComparison.Ordinal);

    public static void Times(string frequency, long start, long stop, double needADay, Rng rng, List<long> times)
    {
        times.Clear();
        if (IsOnce(frequency))
        {
            times.Add(start);
            return;
        }
        if (IsByNeed(frequency))
        {
            for (var time = start + Clock.Hours(rng.Exponential(24 / needADay)); time < stop; time += Clock.Hours(Math.Max(2, rng.Exponential(24 / needADay))))
                times.Add(time);
            return;
        }
        var rounds = Rounds(frequency);
        if (rounds.Length > 0)
        {
            for (var day = Clock.StartOfDay(start); day < stop; day += Clock.Day)
            {
                foreach (var hour in rounds.Split(", "))
                {
                    var time = day + (int.Parse(hour) * Clock.Hour);
                    if (time >= start && time < stop)
                        times.Add(time);
                }
            }
            return;
        }
        var step = Clock.Hours(frequency switch { "Q4H" => 4, "Q6H" => 6, "Q8H" => 8, "Q12H" => 12, "Q2H" => 2, "Q1H" => 1, "INFUSION" or "TITRATE TO" or "TITRATE TO RASS" or "CONTINUOUS" => 8, "Q72H" or "3X/WEEK" => 72, "1X/WEEK" or "EVERY OTHER WEEK" or "QTUES" => 168, "QAM" => 24, _ => 12 });
        for (var time = start - (start % Clock.Hour) + Clock.Hour; time < stop; time += step)
            times.Add(time);
    }
}
