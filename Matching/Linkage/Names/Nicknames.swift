/// Short and variant forms of given names, as groups of folded words that mean one name.
///
/// A group begins with the full name. A word stands in one group, the first that has it: that keeps
/// the relation an equality of two numbers. The lists are common knowledge of each language, kept
/// small, and count less than equality of spelling.
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
        |andrea andre|claudia clau|soledad sole|ximena jimena|marcela marce|carlos calo charly\
        |ana anita|rosa rosita|juan juanito juancho|juana juanita|carmen carmencita carmela|sergio checho\
        |luisa lucha|miguel migue|esteban teban|alfonso poncho|alberto berto\
        |graciela chela|cecilia ceci|lucia luci|pilar pili|esperanza pelancha|rigoberto rigo\
        |leonardo leo|mauricio mauro mauri|monica moni|susana susi susy|silvia chivi|raul rulo|julia juli\
        |gustavo tavo|emilio milo|agustin agus|florencia flor|fernanda fena nanda|cristina cris|marta martita\
        |elena nena|raquel raca|barbara barbarita babi|pablo pablito|diego dieguito|elisa eli|yolanda yoli
        """
    private static let english = """
        william bill will billy|robert bob rob bobby robbie|richard dick rick|james jim jimmy jamie\
        |john jack johnny jon|charles charlie chuck|thomas tom tommy|michael mike mick mickey\
        |joseph joe joey|edward ed eddie ted|george georgie|henry harry hank|samuel sam sammy\
        |benjamin ben benny|daniel dan danny|matthew matt matty|andrew andy drew|anthony tony\
        |christopher chris kit|nicholas nick nicky|alexander alex sandy xander|jonathan jonny\
        |joshua josh|zachary zach zac|timothy tim timmy|stephen steven steve|gregory greg\
        |elizabeth liz beth betty eliza lizzie lisa elise elisabeth babette babeth sissi liesel|margaret maggie peggy meg|katherine catherine kate katie kathy kath\
        |mary molly polly|sarah sally sadie|susan sue susie|patrick pat paddy|deborah deb debbie\
        |rebecca becky|jennifer jenny jen|jessica jess jessie|victoria vicky tori|dorothy dot dolly\
        |abigail abby|emily em|isabella bella|olivia liv livvy|charlotte lottie|amelia millie|frederick fred freddie\
        |barbara barb babs|patricia patty trish|ronald ron ronnie|donald don donnie|kenneth ken kenny\
        |lawrence laurence larry|gerald gerry jerry|raymond ray|leonard len lenny|walter walt|philip phil phillip\
        |vincent vince|albert al bert|alfred alf alfie|arthur art|eugene gene|harold hal|theresa terri tess tessa\
        |christina tina chrissy|cynthia cindy|jacqueline jackie|judith judy|kathleen kathi|virginia ginny\
        |gwendolyn gwen|pamela pam|theodore theo|nathaniel nathan nate|jeffrey jeff geoffrey geoff|bradley brad\
        |gabrielle gabby|madeline maddie|melissa mel|stephanie steph steffi|amanda mandy|eleanor ellie\
        |frances fran|florence flo|harriet hattie|janet jan|josephine josie|lucille lucy|nancy nan|penelope penny\
        |rosemary rosie|louis lou louie lewis|martin marty|mitchell mitch|oliver ollie|peter pete|rodney rod\
        |russell russ|simon si|stanley stan|terence terry|tobias toby|cameron cam|jacob jake|isaac ike\
        |abraham abe|bernard bernie|calvin cal|clifford cliff|douglas doug|dominic dom|ernest ernie\
        |franklin frank|gilbert gil|herbert herb|norman norm|reginald reg reggie|sidney sid|angela angie\
        |allison alison ally|carolyn carol|diana di diane|marjorie marge|miriam mimi
        """
    private static let french = """
        jean jeannot|philippe filipe|frederic fred|nathalie natalie|catherine cathy\
        |veronique vero|dominique domi|stephane steph|alexandre alexis|sebastien seb\
        |genevieve ginette|marguerite margot|madeleine mado|theodore theo|suzanne suzy|mathieu matthieu\
        |therese tereze|valerie val\
        |nicole nini|jacques jacquot|pierre pierrot|charlotte lolotte|gerard gege|bernadette nadette\
        |christine christiane kristel|stephanie stephie|guillaume guigui|emmanuel manu
        """
    private static let german = """
        johannes hans hannes|josef sepp|wilhelm willi|friedrich fritz|heinrich heinz heiner\
        |katharina kathi katrin|margarete grete gretel|ulrich uli|wolfgang wolf|maximilian max|sebastian basti\
        |franziska franzi|susanne susi|georg schorsch|joachim achim|andreas andi|christian krischan\
        |gertrud trude|hildegard hilde|brigitte gitte|ingeborg inge|dieter didi|gunther guenther gunter guenter\
        |jurgen juergen|jorg joerg|bjorn bjoern|gotz goetz|kathe kaethe|barbel baerbel|ludwig lutz|manfred manni\
        |reinhard reinhardt|siegfried sigi|rudolf rudi|rosemarie rosi|waltraud traudl|eberhard ebbo|klaus claus\
        |karl carl|kurt curt|stefan stephan|matthias mathias|ralf ralph|philipp phillip|helmut hellmut
        """
    private static let persian = """
        mohammad muhammad mohamad mohammed muhammed mohamed محمد ممد|ali علی|hossein hussein hosein husayn حسین\
        |hasan hassan حسن|reza riza رضا|fatemeh fatima fateme fatimah فاطمه فاطی|zahra zohra زهرا|mahdi mehdi مهدی\
        |amir ameer امیر|abolfazl abulfazl ابوالفضل|maryam mariam مریم مری|yousef yusuf yosef یوسف\
        |ebrahim ibrahim ابراهیم|esmail ismail esmaeil اسماعیل|saeed said saeid سعید|masoud masud مسعود\
        |narges narjes نرگس|javad جواد|akbar اکبر|asghar اصغر|zeinab zaynab zeynab زینب|somayeh سمیه\
        |masoumeh masumeh معصومه مصی|عباس عبی abbas|سکینه سکی sakineh|غلامرضا غلام gholamreza|محمدرضا ممرضا mohammadreza\
        |علیرضا alireza|امیرحسین amirhossein|حمیدرضا hamidreza|امیرعلی amirali|عبدالله abdollah abdullah\
        |داوود davood davoud داود|جعفر jafar|موسی mousa musa|عیسی isa eisa|خدیجه khadijeh|لیلا leila leyla لیلی\
        |نورالدین noureddin|مصطفی mostafa mustafa|مرتضی morteza|کوروش kourosh kurosh\
        |سیاوش siavash|منوچهر manouchehr|خسرو khosrow khosro|وحید vahid|پروین parvin|پرویز parviz|نوید navid
        """

    /// The number of a word's group by its text hash; words without a group are absent.
    static let groups: [UInt64: UInt32] = {
        var groups: [UInt64: UInt32] = [:]
        var number: UInt32 = 0
        for list in [spanish, english, french, german, persian] {
            for group in list.split(separator: "|") {
                let words = group.split(whereSeparator: { $0 == " " || $0 == "\n" })
                let hashes = words.map { TextHash.of(String($0)) }
                number += 1
                // A name that another language shortens too has all its short forms in one group.
                let known = hashes.first.flatMap { groups[$0] } ?? number
                for hash in hashes where groups[hash] == nil { groups[hash] = known }
            }
        }
        return groups
    }()
}
