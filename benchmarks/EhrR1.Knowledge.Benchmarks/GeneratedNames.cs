using System.Globalization;

namespace EhrR1.Knowledge.Benchmarks;

/// <summary>Names made as clinical terminologies make theirs: findings with sites and sides, drugs with strengths, measurements with specimens. The same ones every time.</summary>
internal static class GeneratedNames
{
    private static readonly string[] _modifiers = ["acute", "chronic", "recurrent", "severe", "mild", "idiopathic", "congenital", "primary", "secondary", "malignant", "benign", "diffuse", "focal", "traumatic", "postoperative", "drug-induced", "hereditary", "infectious", "ischemic", "obstructive"];
    private static readonly string[] _sites = ["heart", "kidney", "liver", "lung", "stomach", "pancreas", "colon", "bladder", "femur", "tibia", "humerus", "radius", "cornea", "retina", "optic nerve", "spinal cord", "cerebellum", "aorta", "pulmonary artery", "femoral vein", "carotid artery", "mitral valve", "tricuspid valve", "esophagus", "duodenum", "ileum", "gallbladder", "bile duct", "spleen", "thyroid gland", "adrenal gland", "pituitary gland", "prostate", "ovary", "uterus", "breast", "skin of face", "scalp", "lumbar vertebra", "cervical vertebra", "hip joint", "knee joint", "shoulder joint", "achilles tendon", "tongue", "tonsil", "larynx", "trachea", "bronchus", "pleura", "pericardium", "peritoneum", "lymph node of neck", "bone marrow", "middle ear", "nasal septum", "frontal sinus", "parotid gland", "hand", "foot"];
    private static readonly string[] _conditions = ["failure", "infarction", "neoplasm", "carcinoma", "abscess", "fracture", "dislocation", "hemorrhage", "thrombosis", "embolism", "stenosis", "aneurysm", "inflammation", "infection", "edema", "ulcer", "perforation", "atrophy", "hypertrophy", "cyst", "calcification", "rupture", "laceration", "contusion", "burn", "necrosis", "fibrosis", "granuloma", "hematoma", "insufficiency", "obstruction", "dysplasia", "tuberculosis", "lymphoma", "sarcoma", "metastasis", "pain", "swelling", "stiffness", "foreign body"];
    private static readonly string[] _tails = ["", "", "", ", unspecified", ", initial encounter", ", subsequent encounter", ", sequela", " without complication", " with infection", " with delayed healing", " due to trauma", " following surgery", ", stage 1", ", stage 2", ", stage 3"];
    private static readonly string[] _sides = ["", "left ", "right ", "bilateral "];
    private static readonly string[] _syllables = ["ab", "bel", "cor", "dax", "el", "fos", "gan", "hy", "im", "jol", "ket", "lor", "mel", "nib", "ol", "pra", "qui", "ros", "sul", "tam", "ur", "vel", "war", "xi", "yt", "zol"];
    private static readonly string[] _stems = ["pril", "sartan", "statin", "mycin", "cillin", "azole", "olol", "mab", "tinib", "vir", "oxetine", "dipine", "gliptin", "parin", "caine"];
    private static readonly string[] _endings = ["us", "a", "um", "itis", "osis", "oma", "ella", "coccus", "ensis", "ia", "oides", "emia", "opathy", "plegia"];
    private static readonly string[] _forms = ["oral tablet", "oral capsule", "injectable solution", "topical cream", "extended release oral tablet", "ophthalmic solution", "nasal spray", "transdermal system"];
    private static readonly string[] _measures = ["[mass/volume]", "[moles/volume]", "[presence]", "[units/volume]", "[ratio]"];
    private static readonly string[] _specimens = ["serum or plasma", "urine", "blood", "cerebral spinal fluid", "stool", "body fluid"];

    /// <summary>So many different names.</summary>
    public static List<string> Many(int count)
    {
        var random = new Random(20260101);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var names = new List<string>(count);
        while (names.Count < count)
        {
            var name = random.Next(20) switch
            {
                < 3 => $"{One(random, _modifiers)} {One(random, _conditions)} of {One(random, _sides)}{One(random, _sites)}{One(random, _tails)}",
                < 5 => $"{One(random, _sides)}{One(random, _sites)} {One(random, _conditions)}{One(random, _tails)}",
                < 8 => $"{Latin(random)} {One(random, _conditions)} of {One(random, _sites)}{One(random, _tails)}",
                < 11 => $"{Drug(random)} {Strength(random)} {One(random, _forms)}",
                < 12 => $"{Drug(random)} {One(random, _measures)} in {One(random, _specimens)}",
                < 15 => $"{Latin(random)} {Latin(random)}",
                < 17 => $"{Latin(random)} syndrome with {Latin(random)}",
                _ => Drug(random) + Latin(random),
            };
            if (seen.Add(name))
                names.Add(name);
        }

        return names;
    }

    /// <summary>A name with one character changed, left out or put in.</summary>
    public static string Edited(Random random, string name)
    {
        int at = random.Next(name.Length);
        char letter = (char)('a' + random.Next(26));
        return random.Next(3) switch
        {
            0 => name.Remove(at, 1),
            1 => name.Insert(at, letter.ToString()),
            _ => name[..at] + letter + name[(at + 1)..],
        };
    }

    /// <summary>A made-up drug.</summary>
    public static string Drug(Random random) => string.Concat(Enumerable.Range(0, random.Next(1, 4)).Select(_ => One(random, _syllables))) + One(random, _stems);

    private static string Latin(Random random) => string.Concat(Enumerable.Range(0, random.Next(2, 4)).Select(_ => One(random, _syllables))) + One(random, _endings);

    private static string Strength(Random random) => (random.Next(1, 200) * 5).ToString(CultureInfo.InvariantCulture) + " mg";

    private static string One(Random random, string[] from) => from[random.Next(from.Length)];
}
