using EhrR1.Charts;

namespace EhrR1.Knowledge.Tests;

public sealed class CodeMapTests
{
    private const string Header = "itemid (omop_source_code),label,omop_vocabulary_id,omop_concept_code\n";

    [Fact]
    public void Of_FolderWithMap_GivesLoincForLaboratoryItems()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("d_labitems_to_loinc.csv"), Header + "50912,\"Creatinine, blood\",LOINC,2160-0\n50001,Nothing,,\n50912,Creatinine,LOINC,38483-4\n");
        var map = CodeMap.Of(folder.FullPath);
        map[new ConceptCode("MIMICLAB", "50912")].Select(c => c.ToString()).ShouldBe(["LOINC:2160-0", "LOINC:38483-4"]);
        map[new ConceptCode("MIMICLAB", "50001")].ShouldBeEmpty();
    }

    [Fact]
    public void Of_FolderWithoutMap_IsEmpty()
    {
        using var folder = new TemporaryFolder();
        CodeMap.Of(folder.FullPath)[new ConceptCode("MIMICLAB", "50912")].ShouldBeEmpty();
    }

    [Fact]
    public void Of_DamagedMap_NamesFileAndLine()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.PathOf("d_labitems_to_loinc.csv"), Header + "50912,Creatinine\n");
        Should.Throw<EhrR1Exception>(() => CodeMap.Of(folder.FullPath)).Where.ShouldBe($"{folder.PathOf("d_labitems_to_loinc.csv")}, line 2");
    }

    [Fact]
    public void Of_RealMaps_HoldMostLaboratoryItems() =>
        CodeMap.Of(RealData.Maps())[new ConceptCode("MIMICLAB", "50912")].ShouldContain(new ConceptCode("LOINC", "2160-0"));
}
