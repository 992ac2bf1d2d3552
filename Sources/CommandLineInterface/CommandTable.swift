/// All commands of the program, in the order in which help lists them.
enum CommandTable {
    static let commands: [Command] =
        [DemoCommand.command] + DatabaseCommands.commands + BackupCommands.commands
        + [
            SynthCommand.command, SynthRegistriesCommand.command, LinkCommand.command,
            EvaluateCommand.command,
        ]
        + SourceCommands.commands + AuthorityCommands.commands + PolicyCommands.commands
        + LoadCommands.commands + catalogs + CatalogLookUpCommands.commands
        + ExportCommands.commands + QueueCommands.commands
        + HistoryCommands.commands + DecisionCommands.commands + RematchCommands.commands
        + ErasureCommands.commands + ClientCommands.commands + [ServeCommand.command]

    /// What is about catalogs of facilities, services, drugs and the like.
    private static let catalogs: [Command] =
        [ImportCommand.command, ImportProvidersCommand.command, CheckCommand.command]
        + ReleaseCommands.commands + GetPersonCommands.commands + CatalogExportCommands.commands

    /// The command whose words the arguments begin with; the longest where several do.
    static func command(matching arguments: [String]) -> Command? {
        commands
            .filter { arguments.starts(with: $0.specification.words) }
            .max { $0.specification.words.count < $1.specification.words.count }
    }
}
