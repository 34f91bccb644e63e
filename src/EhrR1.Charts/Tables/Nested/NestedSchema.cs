namespace EhrR1.Charts;

/// <summary>An element of a Parquet schema, with those inside it.</summary>
/// <param name="name">Its name.</param>
internal sealed class NestedSchema(string name)
{
    private const int Optional = 1;
    private const int Repeated = 2;
    private const int Utf8 = 0;
    private const int List = 3;

    private readonly List<NestedSchema> _inner = [];
    private NestedType? _type;
    private int _repetition = Optional;
    private bool _isList;

    public string Name => name;

    /// <summary>Adds an element that holds others: of a list, the repeated one.</summary>
    public NestedSchema AddGroup(string groupName, bool isRepeated = false)
    {
        var group = new NestedSchema(groupName) { _repetition = isRepeated ? Repeated : Optional, _isList = false };
        _isList |= isRepeated;
        _inner.Add(group);
        return group;
    }

    /// <summary>Adds an element that holds values.</summary>
    public void AddLeaf(string leafName, NestedType type) => _inner.Add(new NestedSchema(leafName) { _type = type });

    /// <summary>How many elements there are, this one included.</summary>
    public int Count => 1 + _inner.Sum(i => i.Count);

    /// <summary>Writes the elements as a list's items, each before those inside it.</summary>
    public void WriteTo(ThriftWriter to, bool isRoot = true)
    {
        to.BeginItem();
        if (_type is { } type)
            to.Int32(1, (int)type);
        if (!isRoot)
            to.Int32(3, _repetition);
        to.Text(4, name);
        if (_type is null)
            to.Int32(5, _inner.Count);
        if (_type == NestedType.Text)
            to.Int32(6, Utf8);
        else if (_isList)
            to.Int32(6, List);
        WriteLogicalType(to);
        to.EndStruct();
        foreach (var inner in _inner)
            inner.WriteTo(to, isRoot: false);
    }

    // The newer way to say the same: STRING is field 1 of the union, LIST field 3.
    private void WriteLogicalType(ThriftWriter to)
    {
        if (_type != NestedType.Text && !_isList)
            return;
        to.BeginStruct(10);
        to.BeginStruct(_isList ? 3 : 1);
        to.EndStruct();
        to.EndStruct();
    }
}
