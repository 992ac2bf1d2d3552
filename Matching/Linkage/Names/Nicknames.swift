/// Short and variant forms of given names, as groups of folded words that mean one name.
///
/// A word stands in one group: that keeps the relation an equality of two numbers. The lists are
/// common knowledge of each language, kept small, and count less than equality of spelling.
enum Nicknames {
    private static let spanish = """
        jose pepe joselito chepe|francisco pancho paco curro kiko|maria mari|guadalupe lupe|dolores lola\
        |rosario charo|concepcion concha conchita|consuelo chelo|manuel manolo manu|antonio tono toni\
        |ignacio nacho|enrique quique|eduardo lalo edu|guillermo memo willy|jesus chuy chucho\
        |alejandro alejo jano|alejandra jana|roberto beto tito|mercedes meche|isabel isa chabela\
        |teresa tere|patricia paty pati|beatriz bea|fernando nando|gabriel gabo|rafael rafa\
        |javier xavier javi|vicente chente|santiago santi|luis lucho|pedro perico|hortensia tencha\
        |margarita mago|catalina cata|carolina caro|daniela dani|josefina josefa pepa|cristobal toba|natalia naty nati|francisca fran pancha panchita|nicolas nico|sebastian seba\
        |valentina vale|matias mati|constanza coni|macarena maca|trinidad trini|benjamin benja\
        |joaquin joaco|antonia anto|monserrat monse|camila cami|maximiliano maxi|rodrigo rodri\
        |gonzalo gonza|tomas tomi|victoria vicky vicki|veronica vero|gloria glori|jorge coke|felipe pipe\
        |andrea andre|claudia clau|soledad sole|ximena jimena|marcela marce|carlos calo charly
        """
    private static let english = """
        william bill will billy|robert bob rob bobby robbie|richard dick rick|james jim jimmy jamie\
        |john jack johnny jon|charles charlie chuck|thomas tom tommy|michael mike mick mickey\
        |joseph joe joey|edward ed eddie ted|george georgie|henry harry hank|samuel sam sammy\
        |benjamin ben benny|daniel dan danny|matthew matt matty|andrew andy drew|anthony tony\
        |christopher chris kit|nicholas nick nicky|alexander alex sandy xander|jonathan jonny\
        |joshua josh|zachary zach zac|timothy tim timmy|stephen steven steve|gregory greg\
        |elizabeth liz beth betty eliza lizzie|margaret maggie peggy meg|katherine catherine kate katie kathy\
        |mary molly polly|sarah sally sadie|susan sue susie|patrick pat paddy|deborah deb debbie\
        |rebecca becky|jennifer jenny jen|jessica jess jessie|victoria vicky tori|dorothy dot dolly\
        |abigail abby|emily em|isabella bella|olivia liv livvy|charlotte lottie|amelia millie|frederick fred
        """
    private static let french = """
        jean jeannot|philippe filipe|frederic fred|nathalie natalie|catherine cathy|christophe\
        |elisabeth babette|veronique vero|dominique domi|stephane steph|alexandre alexis|sebastien seb\
        |genevieve ginette|marguerite margot|madeleine mado|theodore theo|suzanne suzy|mathieu matthieu\
        |therese tereze|francois|valerie val
        """
    private static let german = """
        johannes hans hannes|josef sepp|elisabeth|wilhelm willi|friedrich fritz|heinrich heinz heiner\
        |katharina kathi katrin|margarete grete gretel|ulrich uli|wolfgang wolf|maximilian max|sebastian basti\
        |franziska franzi|susanne susi|georg schorsch|joachim achim|andreas andi|christian krischan
        """
    private static let persian = """
        mohammad muhammad mohamad mohammed muhammed mohamed محمد ممد|ali علی|hossein hussein hosein husayn حسین\
        |hasan hassan حسن|reza riza رضا|fatemeh fatima fateme fatimah فاطمه فاطی|zahra zohra زهرا|mahdi mehdi مهدی\
        |amir ameer امیر|abolfazl abulfazl ابوالفضل|maryam mariam مریم مری|yousef yusuf yosef یوسف\
        |ebrahim ibrahim ابراهیم|esmail ismail esmaeil اسماعیل|saeed said saeid سعید|masoud masud مسعود\
        |narges narjes نرگس|javad جواد|akbar اکبر|asghar اصغر|zeinab zaynab zeynab زینب|somayeh سمیه\
        |masoumeh masumeh معصومه مصی|عباس عبی|سکینه سکی|غلامرضا غلام|محمدرضا ممرضا
        """

    /// The number of a word's group by its text hash; words without a group are absent.
    static let groups: [UInt64: UInt32] = {
        var groups: [UInt64: UInt32] = [:]
        var number: UInt32 = 0
        for list in [spanish, english, french, german, persian] {
            for group in list.split(separator: "|") {
                number += 1
                for word in group.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                    let hash = TextHash.of(String(word))
                    if groups[hash] == nil { groups[hash] = number }
                }
            }
        }
        return groups
    }()
}
