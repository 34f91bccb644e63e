using Microsoft.Playwright;

namespace EhrR1.Evaluation.Tests;

/// <summary>The page in a real browser, where the machine has one.</summary>
public sealed class ReportInBrowserTests : IDisposable
{
    // What reaches beyond the screen and does not scroll by itself.
    private const string Overflowing = """
        [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > window.innerWidth + 1 && !e.closest(".scroll"))
          .map(e => `${e.closest("section")?.id} ${e.tagName} ${e.getAttribute("class")} ${e.getBoundingClientRect().right}`)
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1280, 900)]
    [InlineData(390, 844)]
    public async Task Page_OpenedFromDisk_SortsAsksForNothingAndFitsTheScreen(int width, int height)
    {
        var browserPath = new[] { "chromium", "chromium-browser", "google-chrome" }
            .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name))).FirstOrDefault(File.Exists);
        Assert.SkipWhen(browserPath is null, "There is no Chromium here.");
        var run = await new EvaluationRunner(new StoppedClock()).RunAsync(
            new ScriptedModel { Writes = items => "- " + items.Replace("\n", "\n- ") }, new EvaluationOptions { Source = TinyBench.Write(_folder.PathOf("bench"), discharge: true), Out = _folder.PathOf("run"), Concurrency = 1 }, cancellationToken: TestContext.Current.CancellationToken);
        ReportBuilder.Write(new ReportBuilder(new StoppedClock()).Build([run]), _folder.PathOf("report.html"));

        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = browserPath,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        var said = new List<string>();
        var asked = new List<string>();
        page.Console += (_, message) => said.Add(message.Text);
        page.PageError += (_, error) => said.Add(error);
        page.Request += (_, request) => asked.Add(request.Url);
        await page.GotoAsync(new Uri(_folder.PathOf("report.html")).AbsoluteUri);
        asked.Count.ShouldBe(1);

        // Published models stand by F1 from the best down; a click on the name's heading sorts by name.
        var names = page.Locator(".board tbody th");
        var before = await names.AllInnerTextsAsync();
        await page.Locator(".board thead th").First.ClickAsync();
        var sorted = (await names.AllInnerTextsAsync()).ToArray();
        sorted.ShouldNotBe(before);
        sorted.ShouldBe(before, ignoreOrder: true);
        sorted[0].ShouldStartWith("Baichuan");
        (await page.EvaluateAsync<string[]>(Overflowing)).ShouldBeEmpty("the page is wider than the screen");
        (await page.EvaluateAsync<int>("document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(width);
        (await page.Locator("svg.curve polyline").CountAsync()).ShouldBe(2 * 4, "two tasks: ROC, reliability, and the two lines of a decision curve");
        said.ShouldBeEmpty();
    }
}
