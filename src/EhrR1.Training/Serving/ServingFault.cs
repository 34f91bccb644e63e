namespace EhrR1.Training;

/// <summary>A request that the server does not take; its message never quotes the request's texts.</summary>
/// <param name="status">The HTTP status.</param>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="parameter">The request's field, if it is one.</param>
/// <param name="code">The code of OpenAI's protocol, if it has one.</param>
internal sealed class ServingFault(int status, string message, string? parameter = null, string? code = null) : Exception(message)
{
    public int Status => status;

    public string? Parameter => parameter;

    public string? Code => code;

    public static ServingFault Wrong(string field, string what) => new(400, $"\"{field}\" {what}.", field);

    public static ServingFault NotSupported(string field) => new(400, $"\"{field}\" is not supported by this server.", field, "unsupported_parameter");
}
