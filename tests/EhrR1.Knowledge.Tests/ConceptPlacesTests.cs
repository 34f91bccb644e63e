namespace EhrR1.Knowledge.Tests;

public sealed class ConceptPlacesTests
{
    [Fact]
    public void FindOrAdd_ManyConceptsAndSearches_AgreesWithADictionary()
    {
        var random = new Random(3);
        var places = new ConceptPlaces();
        // A search of many, so that the table grows, then a small one, which must not see what is left over.
        foreach (int count in new[] { 100_000, 50, 0, 20_000 })
        {
            places.Clear();
            var known = new Dictionary<int, int>();
            for (int i = 0; i < count; i++)
            {
                int concept = i % 3 == 0 ? int.MaxValue - random.Next(1_000) : random.Next(200_000);
                places.FindOrAdd(concept, known.Count).ShouldBe(known.GetValueOrDefault(concept, -1));
                known.TryAdd(concept, known.Count);
            }

            for (int concept = 0; concept < 200_000; concept++)
            {
                if (places.Find(concept) != known.GetValueOrDefault(concept, -1))
                    places.Find(concept).ShouldBe(known.GetValueOrDefault(concept, -1), $"concept {concept}");
            }
        }
    }
}
