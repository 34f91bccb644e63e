namespace EhrR1.Hospital;

/// <summary>Joins the checksums of consecutive pieces to the checksum of the whole, without reading the bytes again (the method of zlib's crc32_combine).</summary>
internal sealed class Crc32Joiner
{
    private const uint Polynomial = 0xEDB88320u;

    public uint Crc { get; private set; }

    public long Length { get; private set; }

    public void Append(uint crc, long length)
    {
        Crc = Multiply(PowerOfX(length * 8), Crc) ^ crc;
        Length += length;
    }

    // Product of two polynomials over GF(2) modulo the checksum's, bits reflected: the top bit is x^0.
    private static uint Multiply(uint a, uint b)
    {
        var product = 0u;
        for (var bit = 0x80000000u; bit != 0; bit >>= 1)
        {
            if ((a & bit) != 0)
                product ^= b;
            b = (b & 1) != 0 ? (b >> 1) ^ Polynomial : b >> 1;
        }
        return product;
    }

    private static uint PowerOfX(long exponent)
    {
        var result = 0x80000000u;
        var square = 0x40000000u;
        while (exponent != 0)
        {
            if ((exponent & 1) != 0)
                result = Multiply(square, result);
            square = Multiply(square, square);
            exponent >>= 1;
        }
        return result;
    }
}
