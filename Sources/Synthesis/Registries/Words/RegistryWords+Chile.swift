extension RegistryWords {
    static let chile: RegistryWords = {
        var words = spanish
        words.placeAuthority = "cl-comuna"
        words.facilityAuthority = "cl-deis"
        words.serviceAuthority = "cl-fonasa-mai"
        words.drugAuthority = "cl-isp"
        words.providerSource = "rnpi"
        words.staffSource = "cl-dotacion"
        words.providerAuthority = "cl-rnpi"
        words.insurer = "fonasa"
        words.currency = "CLP"
        words.dialling = "+56"
        words.divisions = ["región", "provincia", "comuna"]
        words.facilityTypes = [
            FacilityType(
                name: "Hospital", level: "Terciario", complexity: "Alta", bedsMax: 600, weight: 4),
            FacilityType(
                name: "Hospital Comunitario", level: "Secundario", complexity: "Baja", bedsMax: 60,
                weight: 6),
            FacilityType(
                name: "Centro de Salud Familiar", level: "Primario", complexity: "Baja", bedsMax: 0,
                weight: 30),
            FacilityType(
                name: "Posta de Salud Rural", level: "Primario", complexity: "Baja", bedsMax: 0,
                weight: 35),
            FacilityType(
                name: "Servicio de Urgencia", level: "Primario", complexity: "Mediana", bedsMax: 8,
                weight: 10),
            FacilityType(
                name: "Laboratorio Clínico", level: "Secundario", complexity: "Mediana", bedsMax: 0,
                weight: 8),
            FacilityType(
                name: "Clínica", level: "Terciario", complexity: "Mediana", bedsMax: 150, weight: 7),
        ]
        words.owners = list("Municipal|Servicio de Salud|Privado|Fuerzas Armadas|Universidad")
        words.legalEntity = "Red de Salud"
        words.tiers = list("A|B|C|D")
        words.plans = list("MAI|MLE")
        words.box = (-53_000, -18_300, -73_000, -69_500)
        return words
    }()

    /// What the two countries of Spanish tongue share.
    static let spanish: RegistryWords = {
        var words = RegistryWords()
        words.language = "es"
        words.placeStarts = list(
            "Villa|Alto|Puerto|San Telmo de|Santa Brisa de|Los|Las|El|La|Campo|Monte|Valle|Río|Nueva|Punta|Llano|Quebrada|Pampa|Laguna|Cerro"
        )
        words.placeEnds = list(
            "Robledal|Aromos|Maitenes|Quillay|Tamaral|Pehuén|Cardonal|Coirón|Totoral|Arrayán|Molle|Algarrobal|Calafate|Ñirre|Boldo|Peumal|Canelo|Lingue|Chañar|Espinal|Retamo|Sauzal|Junquillo|Carrizal|Palmar|Olivar|Almendral|Naranjal|Manzanal|Trigales|Salinas|Piedra Azul|Arenal|Cascajal|Lomas|Vertientes|Remolinos|Aguada|Barrancas|Mirador"
        )
        words.patrons = list(
            "Santa Brisa|San Telmo|Doctora Elisa Robledo|Doctor Anselmo Vidaurre|Los Aromos|Las Vertientes|Nueva Alborada|El Faro|Padre Lorenzo Umaña|Madre Clara Iturra|La Esperanza del Valle|Profesor Hilario Carmona|San Crispín|Santa Abril|Los Robles|El Manantial|Doctora Berta Collao|Los Tamarugos|Enfermera Julia Meneses|Las Camelias|Doctor Rafael Olmedo|San Fermín del Llano|Nuestra Señora del Alba|El Peñón|Matrona Rosa Quidel|Los Cipreses|Doctor Gaspar Ñancupil|Las Palmas|Santa Lumbre|El Mirador"
        )
        words.streets = list(
            "Avenida Los Aromos|Calle Las Camelias|Pasaje El Boldo|Avenida del Puerto|Calle Nueva|Camino al Río|Calle Los Talleres|Avenida Central|Pasaje Los Lirios|Calle del Faro"
        )
        words.serviceGroups = list(
            "Consultas|Laboratorio|Imagenología|Cirugía menor|Cirugía mayor|Kinesiología|Salud mental|Odontología|Urgencia|Hospitalización|Anatomía patológica|Procedimientos"
        )
        words.procedures = list(
            "Consulta de|Control de|Radiografía de|Ecografía de|Tomografía de|Resonancia de|Biopsia de|Punción de|Cultivo de|Endoscopía de|Extirpación de|Reparación de|Drenaje de|Rehabilitación de|Medición de|Curación de|Infiltración de|Exploración de|Trasplante de|Estudio funcional de"
        )
        words.sites = list(
            "cadera|rodilla|hombro|columna|cráneo|tórax|abdomen|hígado|riñón|corazón|pulmón|tiroides|mama|próstata|ovario|vejiga|estómago|colon|esófago|ojo|oído|nariz|garganta|piel|mano|pie|tobillo|muñeca|codo|mandíbula|diente|páncreas|bazo|útero|médula|arteria|vena|nervio|tendón|ganglio"
        )
        words.manners = list(
            "simple|bilateral|con contraste|ambulatoria|de urgencia|pediátrica|guiada|de control|laparoscópica|ampliada|comparativa|domiciliaria|con sedación|asistida|parcial|total|preventiva|diferida|posoperatoria|intensiva|funcional|dinámica|selectiva|seriada|combinada"
        )
        words.forms = [
            ("comprimido", "oral", "mg"), ("cápsula", "oral", "mg"), ("jarabe", "oral", "ml"),
            ("solución inyectable", "intravenosa", "ml"), ("crema", "cutánea", "g"),
            ("colirio", "oftálmica", "ml"), ("supositorio", "rectal", "mg"),
            ("aerosol", "inhalatoria", "mcg"),
        ]
        words.laboratories = list(
            "Laboratorio Austral Nuevo|Farmacéutica del Estrecho|Química Robledo|Laboratorios Tamaral|Biofarma Cordillera|Laboratorio Los Lirios|Farmaquímica Norte|Instituto Vidaurre|Laboratorios Alborada|Química del Faro"
        )
        words.packWord = "envase de"
        words.equipment = [
            ("Monitor de signos vitales", "monitoreo"), ("Ventilador mecánico", "soporte vital"),
            ("Ecógrafo portátil", "imagen"), ("Desfibrilador", "soporte vital"),
            ("Bomba de infusión", "infusión"), ("Autoclave", "esterilización"),
            ("Incubadora neonatal", "neonatología"), ("Equipo de rayos X", "imagen"),
        ]
        words.professions = [
            Profession(
                name: "Médico cirujano",
                specialties: list(
                    "Medicina interna|Pediatría|Cirugía general|Cardiología|Psiquiatría|Neurología|Traumatología|Ginecología|Anestesiología|Radiología"
                )),
            Profession(name: "Enfermera", specialties: list("Cuidados intensivos|Diálisis")),
            Profession(name: "Matrona", specialties: list("Neonatología")),
            Profession(name: "Kinesiólogo", specialties: list("Respiratoria|Musculoesquelética")),
            Profession(name: "Cirujano dentista", specialties: list("Ortodoncia|Endodoncia")),
            Profession(name: "Químico farmacéutico", specialties: []),
            Profession(name: "Tecnólogo médico", specialties: list("Imagenología|Bioanálisis")),
        ]
        words.roles = list("tratante|jefatura|turno|consultor|docente")
        words.suspensions = list("sumario sanitario|mora de colegiatura|sanción ética")
        words.languages = list("es|en|arn|qu|ay")
        words.relationships = list("titular|carga|cónyuge")
        return words
    }()
}
