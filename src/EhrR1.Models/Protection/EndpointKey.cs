using System.Net.Http.Headers;
using EhrR1.Charts;

namespace EhrR1.Models;

/// <summary>The secret that an endpoint asks for; it shows itself to nobody but the endpoint.</summary>
/// <remarks>
/// It comes from the environment or a file, never from a command line, where every user of the machine could read it. A service's own
/// variable goes to that service alone, so that a key never reaches a server that it was not made for.
/// </remarks>
public sealed class EndpointKey
{
    /// <summary>The variable whose key goes to whatever endpoint is asked.</summary>
    public const string Variable = "EHR_R1_API_KEY";

    private readonly string _secret;

    private EndpointKey(string secret, string origin) => (_secret, Origin) = (secret, origin);

    /// <summary>Where it was found: a variable's name or a file.</summary>
    public string Origin { get; }

    /// <summary>Looks for the key of an endpoint: the file, if one is named, then the environment.</summary>
    /// <param name="address">The endpoint.</param>
    /// <param name="file">A file that holds nothing but the key; <see langword="null"/> for none.</param>
    /// <param name="environment">Reads a variable; <see langword="null"/> for the process's own.</param>
    /// <returns>The key, or <see langword="null"/> if there is none.</returns>
    /// <exception cref="EhrR1Exception">The file cannot be read, or the key is no key.</exception>
    public static EndpointKey? Find(EndpointAddress address, string? file = null, Func<string, string?>? environment = null)
    {
        ArgumentNullException.ThrowIfNull(address);
        environment ??= Environment.GetEnvironmentVariable;
        if (file is not null)
            return Of(ReadFile(file), file);
        var variables = address.IsAzure ? [Variable, "AZURE_OPENAI_API_KEY"] : address.IsOpenAi ? [Variable, "OPENAI_API_KEY"] : (string[])[Variable];
        return variables.Where(v => !string.IsNullOrWhiteSpace(environment(v))).Select(v => Of(environment(v)!, v)).FirstOrDefault();
    }

    /// <summary>Where it was found, without the secret.</summary>
    public override string ToString() => $"key from {Origin}";

    internal void Sign(HttpRequestHeaders headers, bool azure)
    {
        if (azure)
            headers.TryAddWithoutValidation("api-key", _secret);
        else
            headers.Authorization = new AuthenticationHeaderValue("Bearer", _secret);
    }

    private static EndpointKey Of(string text, string origin)
    {
        var secret = text.Trim();
        if (secret.Length == 0 || secret.Any(c => c is <= ' ' or > '~'))
            throw new EhrR1Exception("This holds no key: a key is one word", origin, "Put the key there and nothing else");
        return new EndpointKey(secret, origin);
    }

    private static string ReadFile(string file)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EhrR1Exception("The file with the endpoint's key cannot be read", file, "Name a file that you may read, or set EHR_R1_API_KEY", e);
        }
    }
}
