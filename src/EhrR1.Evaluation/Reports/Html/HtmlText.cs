using System.Globalization;
using System.Text;

namespace EhrR1.Evaluation;

/// <summary>Writes HTML that is well-formed XML too, so that a mistake shows in a test and not in a browser.</summary>
internal sealed class HtmlText
{
    private readonly StringBuilder _text = new(1 << 18);
    private readonly Stack<string> _open = new();

    /// <summary>Opens an element; attributes come as name, value, name, value; a null value leaves its attribute out.</summary>
    public HtmlText Open(string element, params ReadOnlySpan<string?> attributes)
    {
        Start(element, attributes);
        _text.Append('>');
        _open.Push(element);
        return this;
    }

    /// <summary>Closes the innermost element.</summary>
    public HtmlText Close()
    {
        _text.Append("</").Append(_open.Pop()).Append('>');
        return this;
    }

    /// <summary>Closes the innermost element and ends the line.</summary>
    public HtmlText CloseLine()
    {
        Close();
        _text.Append('\n');
        return this;
    }

    /// <summary>Writes an element with text alone.</summary>
    public HtmlText Element(string element, string? text, params ReadOnlySpan<string?> attributes)
        => Open(element, attributes).Text(text ?? "").Close();

    /// <summary>Writes an element without content.</summary>
    public HtmlText Empty(string element, params ReadOnlySpan<string?> attributes)
    {
        Start(element, attributes);
        _text.Append("/>");
        return this;
    }

    /// <summary>Writes text; characters that XML does not allow become U+FFFD.</summary>
    public HtmlText Text(string text)
    {
        foreach (var c in text)
            Append(c);
        return this;
    }

    /// <summary>Writes what is markup already.</summary>
    public HtmlText Raw(string markup)
    {
        _text.Append(markup);
        return this;
    }

    /// <summary>A coordinate: at most two decimals.</summary>
    public static string At(double value) => Math.Round(value, 2).ToString(CultureInfo.InvariantCulture);

    public override string ToString() => _open.Count == 0 ? _text.ToString() : throw new InvalidOperationException($"'{_open.Peek()}' is still open.");

    private void Start(string element, ReadOnlySpan<string?> attributes)
    {
        _text.Append('<').Append(element);
        for (var i = 0; i + 1 < attributes.Length; i += 2)
        {
            if (attributes[i + 1] is not { } value)
                continue;
            _text.Append(' ').Append(attributes[i]).Append("=\"");
            Text(value);
            _text.Append('"');
        }
    }

    private void Append(char c)
    {
        switch (c)
        {
            case '<': _text.Append("&lt;"); break;
            case '>': _text.Append("&gt;"); break;
            case '&': _text.Append("&amp;"); break;
            case '"': _text.Append("&#34;"); break;
            case < ' ' when c is not ('\n' or '\r' or '\t'): _text.Append('\uFFFD'); break;
            case '\uFFFE' or '\uFFFF': _text.Append('\uFFFD'); break;
            default: _text.Append(c); break;
        }
    }
}
