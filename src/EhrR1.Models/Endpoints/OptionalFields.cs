using System.Text.Json;
using System.Text.Json.Nodes;

namespace EhrR1.Models;

/// <summary>Writes the fields of a request that a server may not know, unless it is known not to take them.</summary>
internal readonly struct OptionalFields(Utf8JsonWriter json, ServerHabits habits, ICollection<string> written)
{
    public void Write(string name, double value)
    {
        if (Begin(name))
            json.WriteNumberValue(value);
    }

    public void Write(string name, long value)
    {
        if (Begin(name))
            json.WriteNumberValue(value);
    }

    public void Write(string name, bool value)
    {
        if (Begin(name))
            json.WriteBooleanValue(value);
    }

    public void Write(string name, string value)
    {
        if (Begin(name))
            json.WriteStringValue(value);
    }

    public void Write(string name, JsonObject value)
    {
        if (Begin(name))
            value.WriteTo(json);
    }

    public void Write(string name, IReadOnlyList<string> values)
    {
        if (!Begin(name))
            return;
        json.WriteStartArray();
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private bool Begin(string name)
    {
        if (!habits.Takes(name))
            return false;
        written.Add(name);
        json.WritePropertyName(name);
        return true;
    }
}
