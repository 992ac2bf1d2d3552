extension RegistryWords {
    static let france: RegistryWords = {
        var words = RegistryWords()
        words.language = "fr"
        words.placeAuthority = "fr-cog"
        words.facilityAuthority = "fr-finess"
        words.serviceAuthority = "fr-ccam"
        words.drugAuthority = "fr-cis"
        words.providerSource = "rpps"
        words.staffSource = "fr-etablissements"
        words.providerAuthority = "fr-rpps"
        words.insurer = "cpam"
        words.currency = "EUR"
        words.dialling = "+33"
        words.divisions = ["région", "département", "commune"]
        words.placeStarts = list(
            "Saint-Aubry|Sainte-Lison|Montcler|Valbrune|Roche|Bourg|Ville|Champ|Pont|Fontaine|Clair|Haute|Basse|Belle|Noire|Vieux|Grand|Petit|Mont|Val"
        )
        words.placeEnds = list(
            "sur-Ombrelle|la-Sourde|les-Bruyères|en-Brande|le-Taillis|des-Genêts|aux-Moulins|la-Saulaie|sous-Ronce|du-Gué|les-Aulnes|la-Charmille|d'Orval|le-Buisson|des-Ormes|la-Garenne|les-Coteaux|en-Plaine|la-Forge|du-Lac|le-Désert|aux-Corbeaux|des-Prés|la-Rivière|les-Vignes|en-Forez-Bas|du-Roc|la-Tuilerie|les-Étangs|le-Haut"
        )
        words.facilityTypes = [
            FacilityType(
                name: "Centre Hospitalier", level: "Recours", complexity: "élevée", bedsMax: 700,
                weight: 5),
            FacilityType(
                name: "Clinique", level: "Proximité", complexity: "moyenne", bedsMax: 150,
                weight: 8),
            FacilityType(
                name: "EHPAD", level: "Hébergement", complexity: "faible", bedsMax: 120,
                weight: 20),
            FacilityType(
                name: "Centre de Santé", level: "Proximité", complexity: "faible", bedsMax: 0,
                weight: 20),
            FacilityType(
                name: "Laboratoire de Biologie", level: "Proximité", complexity: "moyenne",
                bedsMax: 0, weight: 15),
            FacilityType(
                name: "Pharmacie", level: "Proximité", complexity: "faible", bedsMax: 0,
                weight: 32),
        ]
        words.patrons = list(
            "Sainte-Lison|Docteur Amélie Vauquelan|Les Genêts|Professeur Octave Brandier|La Charmille|Saint-Aubry|Les Ormes|Docteur Firmin Lasserade|Le Grand Pré|Marguerite Aulnoy|Les Bruyères|La Sourde|Docteur Yvonne Trégadec|Le Moulin|Notre-Dame du Gué|Les Coteaux|Étienne Valbrune|La Garenne|Les Tilleuls|Le Belvédère|Joséphine Carrouge|Les Saules|La Fontaine|Henri Montcler|Les Iris"
        )
        words.owners = list("Public|Privé lucratif|Privé non lucratif|Mutualiste|Militaire")
        words.legalEntity = "Association"
        words.streets = list(
            "rue des Genêts|avenue du Moulin|place de la Forge|boulevard des Ormes|chemin du Gué|rue de la Tuilerie|allée des Iris|impasse du Lac|quai des Étangs|rue Haute"
        )
        words.serviceGroups = list(
            "Imagerie|Biologie|Chirurgie digestive|Chirurgie osseuse|Anesthésie|Cardiologie|Ophtalmologie|Stomatologie|Gynécologie|Rééducation|Neurologie|Dermatologie"
        )
        words.procedures = list(
            "Radiographie|Échographie|Scanographie|Remnographie|Biopsie|Ponction|Exérèse|Réparation|Drainage|Exploration|Endoscopie|Injection|Mesure|Rééducation|Suture|Greffe|Dilatation|Ablation|Incision|Examen"
        )
        words.sites = list(
            "de la hanche|du genou|de l'épaule|du rachis|du crâne|du thorax|de l'abdomen|du foie|du rein|du cœur|du poumon|de la thyroïde|du sein|de la prostate|de l'ovaire|de la vessie|de l'estomac|du côlon|de l'œsophage|de l'œil|de l'oreille|du nez|de la gorge|de la peau|de la main|du pied|de la cheville|du poignet|du coude|de la mâchoire|d'une dent|du pancréas|de la rate|de l'utérus|de la moelle|d'une artère|d'une veine|d'un nerf|d'un tendon|d'un ganglion"
        )
        words.manners = list(
            "simple|bilatérale|avec produit de contraste|ambulatoire|en urgence|pédiatrique|guidée|de contrôle|par cœlioscopie|étendue|comparative|à domicile|sous sédation|assistée|partielle|totale|préventive|différée|postopératoire|intensive|fonctionnelle|dynamique|sélective|itérative|combinée"
        )
        words.forms = [
            ("comprimé", "orale", "mg"), ("gélule", "orale", "mg"), ("sirop", "orale", "ml"),
            ("solution injectable", "intraveineuse", "ml"), ("crème", "cutanée", "g"),
            ("collyre", "ophtalmique", "ml"), ("suppositoire", "rectale", "mg"),
            ("aérosol", "inhalée", "µg"),
        ]
        words.laboratories = list(
            "Laboratoires Vauquelan|Pharma Sourde|Montcler Santé|Laboratoire des Ormes|Valbrune Génériques|Institut Brandier|Chimie du Gué|Aulnoy Pharma|Laboratoires Carrouge|Belvédère Biotech"
        )
        words.packWord = "boîte de"
        words.equipment = [
            ("Moniteur multiparamétrique", "surveillance"),
            ("Respirateur", "suppléance vitale"),
            ("Échographe portable", "imagerie"), ("Défibrillateur", "suppléance vitale"),
            ("Pompe à perfusion", "perfusion"), ("Autoclave", "stérilisation"),
            ("Couveuse", "néonatologie"), ("Table de radiologie", "imagerie"),
        ]
        words.professions = [
            Profession(
                name: "Médecin",
                specialties: list(
                    "Médecine générale|Pédiatrie|Chirurgie viscérale|Cardiologie|Psychiatrie|Neurologie|Orthopédie|Gynécologie|Anesthésie|Radiologie"
                )),
            Profession(name: "Infirmier", specialties: list("Bloc opératoire|Puériculture")),
            Profession(name: "Sage-femme", specialties: []),
            Profession(name: "Masseur-kinésithérapeute", specialties: []),
            Profession(name: "Chirurgien-dentiste", specialties: list("Orthodontie")),
            Profession(name: "Pharmacien", specialties: list("Biologie médicale")),
        ]
        words.roles = list("salarié|libéral|remplaçant|chef de service|vacataire")
        words.suspensions = list("décision de l'ordre|défaut d'assurance|mesure conservatoire")
        words.languages = list("fr|en|ar|pt|es")
        words.tiers = list("Régime général|ALD|C2S|Alsace-Moselle")
        words.plans = list("base|base et complémentaire")
        words.relationships = list("ouvrant droit|ayant droit")
        words.box = (43_300, 50_400, -1_000, 7_000)
        return words
    }()
}
