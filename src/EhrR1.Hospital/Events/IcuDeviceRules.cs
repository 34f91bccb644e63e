namespace EhrR1.Hospital;

/// <summary>Which devices a patient gets, and which items of the flowsheet need which device.</summary>
internal static class IcuDeviceRules
{
    private static readonly (string Word, IcuDevices Device)[] Words =
    [
        ("Dialysis", IcuDevices.Dialysis), ("CRRT", IcuDevices.Dialysis), ("Pulmonary Artery", IcuDevices.PulmonaryCatheter), ("PA Catheter", IcuDevices.PulmonaryCatheter), ("CCO", IcuDevices.PulmonaryCatheter),
        ("Cardiac Output", IcuDevices.PulmonaryCatheter), ("Intra Cranial", IcuDevices.BrainMonitor), ("Cerebral", IcuDevices.BrainMonitor), ("Multi Lumen", IcuDevices.CentralLine), ("Central Venous", IcuDevices.CentralLine), ("PICC", IcuDevices.Picc),
        ("18 G", IcuDevices.Gauge18), ("20 G", IcuDevices.Gauge20), ("22 G", IcuDevices.Gauge22), ("Impaired Skin", IcuDevices.Wound), ("Surrounding Tissue", IcuDevices.Wound), ("Pressure ulcer", IcuDevices.Wound), ("Incision", IcuDevices.Incision),
        ("GI #1", IcuDevices.GastricTube), ("GT Flush", IcuDevices.GastricTube), ("Oral Gastric", IcuDevices.GastricTube), ("Nasogastric", IcuDevices.GastricTube), ("TF ", IcuDevices.TubeFeed), ("Foley", IcuDevices.Foley), ("GU Catheter", IcuDevices.Foley),
        ("Chest Tube", IcuDevices.ChestTube), ("Pleural", IcuDevices.ChestTube), ("Pigtail", IcuDevices.ChestTube), ("Cordis", IcuDevices.OtherLine), ("Trauma", IcuDevices.OtherLine), ("Midline", IcuDevices.OtherLine), ("Porta", IcuDevices.OtherLine), ("Sheath", IcuDevices.OtherLine), ("16 G", IcuDevices.OtherLine), ("14 G", IcuDevices.OtherLine),
        ("Restraint", IcuDevices.Restraint), ("Less Restrictive", IcuDevices.Restraint), ("Signs of Injury", IcuDevices.Restraint), ("Status and Comfort", IcuDevices.Restraint), ("Face to Face", IcuDevices.Restraint), ("Circulation/Skin", IcuDevices.Restraint), ("Food and Fluid", IcuDevices.Restraint),
        ("ETT", IcuDevices.Ventilator), ("PEEP", IcuDevices.Ventilator), ("Ventilator", IcuDevices.Ventilator), ("Invasive Ventilation", IcuDevices.Ventilator), ("Extubation", IcuDevices.Ventilator), ("Intubation", IcuDevices.Ventilator), ("Tidal", IcuDevices.Ventilator), ("Minute Volume", IcuDevices.Ventilator),
        ("Insp", IcuDevices.Ventilator), ("Flow Pattern", IcuDevices.Ventilator), ("Flow Sens", IcuDevices.Ventilator), ("Flow Rate (", IcuDevices.Ventilator), ("Fspn", IcuDevices.Ventilator), ("PSV", IcuDevices.Ventilator), ("Paw ", IcuDevices.Ventilator), ("Plateau", IcuDevices.Ventilator),
        ("Cuff", IcuDevices.Ventilator), ("SBT", IcuDevices.Ventilator), ("RSBI", IcuDevices.Ventilator), ("Mean Airway", IcuDevices.Ventilator), ("Spont ", IcuDevices.Ventilator), ("spontaneous", IcuDevices.Ventilator), ("Slope", IcuDevices.Ventilator), ("Vti", IcuDevices.Ventilator), ("Apnea", IcuDevices.Ventilator),
        ("Humidification", IcuDevices.Ventilator), ("Expiratory Ratio", IcuDevices.Ventilator), ("Rate (Set)", IcuDevices.Ventilator), ("Rate (Total)", IcuDevices.Ventilator), ("Subglottal", IcuDevices.Ventilator),
        ("Arterial Line", IcuDevices.ArterialLine), ("Arterial line", IcuDevices.ArterialLine), ("Arterial Blood Pressure", IcuDevices.ArterialLine), ("ABP", IcuDevices.ArterialLine),
    ];

    /// <summary>The device without which an item is not charted.</summary>
    public static IcuDevices Needed(string label, string category)
    {
        if (category == "Dialysis")
            return IcuDevices.Dialysis;
        if (category.StartsWith("Nutrition - Enteral", StringComparison.Ordinal))
            return IcuDevices.TubeFeed;
        if (label.StartsWith("Non-invasive Ventilation", StringComparison.Ordinal) || category is "Labs" or "Adm History/FHPA")
            return IcuDevices.None;
        foreach (var (word, device) in Words)
        {
            if (label.Contains(word, StringComparison.Ordinal))
                return device;
        }
        return IcuDevices.None;
    }

    public static IcuDevices Draw(in Latent l, bool ventilated, string service, Rng rng)
    {
        var devices = ventilated ? IcuDevices.Ventilator : IcuDevices.None;
        var more = ventilated ? 0.6 : 0;
        var surgical = service is "CSURG" or "SURG" or "VSURG" or "TSURG" or "TRAUM" or "ORTHO" or "NSURG";
        Put(IcuDevices.ArterialLine, -0.5 + (0.8 * l.Severity) + (0.3 * l.Support) + more);
        Put(IcuDevices.CentralLine, -1.2 + (0.8 * l.Severity) + (0.4 * l.Support) + more);
        Put(IcuDevices.Picc, -1.9 + (0.7 * l.Support));
        Put(IcuDevices.Gauge18, 0.2);
        Put(IcuDevices.Gauge20, 0.8);
        Put(IcuDevices.Gauge22, -0.8 + (0.2 * l.Brittle));
        Put(IcuDevices.Dialysis, -3.9 + (0.6 * l.Severity) + (0.6 * l.Support));
        Put(IcuDevices.Restraint, -1.4 + (1.2 * l.Brittle) + more);
        Put(IcuDevices.GastricTube, -2.4 + (4 * more) + (0.3 * l.Support));
        Put(IcuDevices.TubeFeed, -2.7 + (2 * more) + (1.1 * l.Support));
        Put(IcuDevices.Foley, 0.3 + (0.4 * l.Severity) + (0.4 * l.Support));
        Put(IcuDevices.Incision, surgical ? 1.2 : -2.8);
        Put(IcuDevices.Wound, -1.6 + (0.7 * l.Support));
        Put(IcuDevices.PulmonaryCatheter, service == "CSURG" ? 0.3 : -4.2);
        Put(IcuDevices.BrainMonitor, service is "NSURG" or "NMED" ? -2 : -5.5);
        Put(IcuDevices.OtherLine, -2.6 + (0.4 * l.Severity));
        Put(IcuDevices.ChestTube, service is "CSURG" or "TSURG" ? 1 : -3);
        return devices;

        void Put(IcuDevices device, double logit)
        {
            if (rng.Chance(OutcomeModel.Logistic(logit)))
                devices |= device;
        }
    }
}
