namespace EhrR1.Models.Tests.Endpoints;

/// <summary>A real server that speaks the protocol, where EHR_R1_LLM names one: <c>http://127.0.0.1:18080/v1#model</c>.</summary>
internal static class RealServer
{
    public static EndpointAddress Address()
    {
        var named = Environment.GetEnvironmentVariable("EHR_R1_LLM");
        Assert.SkipUnless(named is { Length: > 0 }, "EHR_R1_LLM names no server.");
        return EndpointAddress.Parse(named!);
    }

    public static Task<OpenAiModel> OpenAsync(EndpointOptions? options = null) => OpenAiModel.OpenAsync(Address(), options, cancellationToken: TestContext.Current.CancellationToken);
}
