import Synthesis

/// `padron synth registries`: the registries of one country, invented, one file each.
enum SynthRegistriesCommand {
    static let command = Command(
        specification: CommandSpecification(
            words: ["synth", "registries"],
            summary: "generate registries of places, facilities, services, drugs, providers",
            discussion: """
                Codes have their authorities' formats and check digits, tariffs change from year to
                year, entries refer to one another; no text of a real catalog is among them.
                providers.csv has persons and professions ('padron import providers'),
                provider-staff.csv other records of a third of them ('padron load'). Members of the
                insurer are persons of 'padron synth --persons' with the same locale and seed. The
                same seed gives the same bytes.
                """,
            options: [
                .value("--output", "DIR", "the folder to write to", isRequired: true),
                .value("--locale", "cl|pe|fr|ir", "the country (default cl)"),
                .value("--seed", "S", "a whole number (default 1)"),
                .value("--places", "N", "municipalities (default 1000)"),
                .value("--facilities", "N", "facilities (default 2000)"),
                .value("--providers", "N", "providers (default 5000)"),
                .value("--services", "N", "services (default 1000)"),
                .value("--drugs", "N", "medicines, packs and equipment (default 3000)"),
                .value("--coverage", "N", "members of the insurer (default 5000)"),
            ]),
        run: run)

    private static func run(_ arguments: ParsedArguments, _ context: CommandContext) throws {
        let name = arguments.value("--locale") ?? "cl"
        guard let locale = SynthesisLocale(rawValue: name) else {
            throw UsageError("unknown locale '\(name)'; it is one of cl, pe, fr, ir")
        }
        let seed = try arguments.integer("--seed", in: 0...Int.max) ?? 1
        var options = RegistryOptions(locale: locale, seed: UInt64(seed))
        func size(_ option: String, _ value: inout Int, max: Int) throws {
            value = try arguments.integer(option, in: 0...max) ?? value
        }
        try size("--places", &options.places, max: 9_000)
        try size("--facilities", &options.facilities, max: 900_000)
        try size("--providers", &options.providers, max: 900_000)
        try size("--services", &options.services, max: 100_000)
        try size("--drugs", &options.drugs, max: 900_000)
        try size("--coverage", &options.coverage, max: 20_000_000)
        let folder = try arguments.required("--output")
        let progress = ProgressLine(console: context.console, unit: "files")
        var done = 0
        let files = try RegistrySynthesizer(options: options).write(to: folder) { file in
            progress.update(label: file, done: done, total: 7)
            done += 1
        }
        progress.finish()
        var table = TextTable(["file", "kind", "catalog", "rows"])
        for file in files {
            table.add([
                "\(folder)/\(file.fileName)", file.kind, file.authority,
                Figures.grouped(file.rows),
            ])
        }
        table.lines.forEach(context.console.print)
    }
}
