namespace EhrR1.Models.Tests.Endpoints;

public sealed class ContextLimitTextTests
{
    [Theory]
    [InlineData("This model's maximum context length is 8192 tokens. However, your messages resulted in 9000 tokens. Please reduce the length of the messages.", 8192)]
    [InlineData("This model's maximum context length is 32768 tokens. However, you requested 33000 tokens (32900 in the messages, 100 in the completion).", 32768)]
    [InlineData("'max_tokens' or 'max_completion_tokens' is too large: 5000. This model's maximum context length is 4096 tokens and your request has 300 input tokens (5000 > 4096 - 300).", 4096)]
    [InlineData("You passed 4097 input tokens and requested 128 output tokens. However, the model's context length is only 4096 tokens, resulting in a maximum input length of 3968 tokens.", 4096)]
    [InlineData("The decoder prompt (length 5000) is longer than the maximum model length of 4096. Make sure that `max_model_len` is no smaller than the number of text tokens.", 4096)]
    [InlineData("The input (5000 tokens) is longer than the model's context length (4096 tokens).", 4096)]
    [InlineData("Requested token count exceeds the model's maximum context length of 4096 tokens. You requested a total of 5000 tokens: 4900 tokens from the input messages and 100 tokens for the completion.", 4096)]
    [InlineData("request (5000 tokens) exceeds the available context size (4096 tokens), try increasing it", 4096)]
    [InlineData("Requested tokens (516) exceed context window of 512", 512)]
    [InlineData("Prompt contains 40000 tokens and 0 draft tokens, too large for model with 32768 maximum context length", 32768)]
    [InlineData("This model's maximum prompt length is 131072 but the request contains 140000 tokens.", 131072)]
    [InlineData("prompt is too long: 200001 tokens > 200000 maximum", 200000)]
    [InlineData("Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 5000 `inputs` tokens and 128 `max_new_tokens`", 4096)]
    [InlineData("the request exceeds the available context size, try increasing it", null)]
    [InlineData("Context size has been exceeded.", null)]
    public void TryRead_WordsOfAServer_FindsTheLimit(string message, int? expected)
    {
        ContextLimitText.TryRead(null, message, out var limit).ShouldBeTrue();
        limit.ShouldBe(expected);
    }

    [Theory]
    [InlineData("top_logprobs must be at most 20")]
    [InlineData("The model `x` does not exist")]
    [InlineData("messages is required")]
    public void TryRead_OtherErrors_AreNotTaken(string message) => ContextLimitText.TryRead("invalid_request_error", message, out _).ShouldBeFalse();
}
