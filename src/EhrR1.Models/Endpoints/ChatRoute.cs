using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>The chat completions of one model at one endpoint, with what was learnt about its server.</summary>
/// <remarks>Safe for use by any number of threads.</remarks>
internal sealed class ChatRoute(EndpointClient client, string model, ServerHabits habits)
{
    private readonly Uri _route = client.Address.ApiRoute("chat/completions");

    public EndpointClient Client => client;

    public string Model => model;

    public ServerHabits Habits => habits;

    /// <summary>Asks once; a field that the server does not take is left out from then on.</summary>
    /// <exception cref="EndpointException">It failed.</exception>
    /// <exception cref="EhrR1Exception">The endpoint does not know the model, the key or the route.</exception>
    public async Task<ChatReply> AskAsync(ChatCall call, CancellationToken cancellationToken)
    {
        while (true)
        {
            var optional = new List<string>(12);
            try
            {
                return await client.PostAsync(_route, call.Write(model, habits, optional), ChatReply.Read, cancellationToken);
            }
            catch (EndpointCallException e) when (e.Status is 400 or 422 && habits.LearnFrom(e.Error, optional))
            {
                // Asked again without the field.
            }
            catch (EndpointCallException e) when (e is { Fault: EndpointFault.Refused, Code: "content_filter" })
            {
                return new ChatReply([.. Enumerable.Repeat(new ChatChoice(new Completion("", FinishReason.Filtered), []), call.Choices)], default);
            }
            catch (EndpointCallException e) when (e.Status is 404 or 405)
            {
                throw new EhrR1Exception($"The endpoint does not know the model '{model}', or has no chat completions ({e.Status})", client.Address.ToString(), "Look at the address and at the model's name; /v1/models lists those that it has", e);
            }
        }
    }
}
