extension RegistryWords {
    static let peru: RegistryWords = {
        var words = spanish
        words.placeAuthority = "pe-ubigeo-inei"
        words.facilityAuthority = "pe-ipress"
        words.serviceAuthority = "pe-cpms"
        words.drugAuthority = "pe-digemid"
        words.providerSource = "cmp"
        words.staffSource = "pe-planilla"
        words.providerAuthority = "pe-cmp"
        words.insurer = "sis"
        words.currency = "PEN"
        words.dialling = "+51"
        words.divisions = ["departamento", "provincia", "distrito"]
        words.facilityTypes = [
            FacilityType(
                name: "Hospital Nacional", level: "III-1", complexity: "alta", bedsMax: 700,
                weight: 2),
            FacilityType(
                name: "Instituto Especializado", level: "III-2", complexity: "alta", bedsMax: 200,
                weight: 1),
            FacilityType(
                name: "Hospital Especializado", level: "III-E", complexity: "alta", bedsMax: 150,
                weight: 1),
            FacilityType(
                name: "Hospital", level: "II-1", complexity: "mediana", bedsMax: 120, weight: 4),
            FacilityType(
                name: "Hospital Regional", level: "II-2", complexity: "mediana", bedsMax: 200,
                weight: 3),
            FacilityType(
                name: "Clínica", level: "II-E", complexity: "mediana", bedsMax: 50, weight: 5),
            FacilityType(
                name: "Centro de Salud", level: "I-4", complexity: "baja", bedsMax: 12, weight: 9),
            FacilityType(
                name: "Centro Médico", level: "I-3", complexity: "baja", bedsMax: 0, weight: 20),
            FacilityType(
                name: "Puesto de Salud", level: "I-2", complexity: "baja", bedsMax: 0, weight: 20),
            FacilityType(
                name: "Posta de Salud", level: "I-1", complexity: "baja", bedsMax: 0, weight: 35),
        ]
        words.owners = list("Gobierno Regional|MINSA|EsSalud|Privado|Sanidad")
        words.legalEntity = "Red Integrada"
        words.tiers = list("Gratuito|Independiente|Emprende|Para Todos")
        words.plans = list("PEAS|PEAS con preexistencias")
        words.languages = list("es|qu|ay|en")
        words.box = (-17_900, -1_000, -79_500, -69_500)
        return words
    }()
}
