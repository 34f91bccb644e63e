Console.WriteLine("ehr-r1");
