/// Names of people in Chile, the commonest first; given names by era of birth:
/// before 1950, 1950 to 1974, 1975 to 1995, since.
enum ChileanNames {
    static let surnames = """
        González Muñoz Rojas Díaz Pérez Soto Contreras Silva Martínez Sepúlveda Morales Rodríguez
        López Fuentes Hernández Torres Araya Flores Espinoza Valenzuela Castillo Ramírez Reyes
        Gutiérrez Castro Vargas Álvarez Vásquez Tapia Fernández Sánchez Carrasco Gómez Cortés
        Herrera Núñez Jara Vergara Rivera Figueroa Riquelme García Miranda Bravo Vera Molina Vega
        Campos Sandoval Orellana Zúñiga Olivares Alarcón Gallardo Ortiz Garrido Salazar Guzmán
        Henríquez Saavedra Navarro Aguilera Parra Romero Aravena Vidal Cáceres Cárdenas Leiva
        Valdés Pizarro Salinas Ortega Lagos Escobar Guerrero Medina Bustos Peña Maldonado Moreno
        Godoy Pino Bustamante Cerda Yáñez Acuña Alvarado San_Martín Donoso Toro Farías Ruiz
        Venegas Ibáñez Jiménez Osorio Ramos Mardones Villalobos Inostroza Ulloa Arriagada Salgado
        Paredes Palma Toledo Cornejo Barra Vera Cisternas Cabrera Mella Lara Quezada Vallejos
        Navarrete Poblete Duarte Catalán Moya Barrera Avendaño Zamora Zapata Troncoso Oyarzún
        Lillo Barrientos Arancibia Norambuena Cid Neira Mora Meza Bahamondes Villegas Carvajal
        Carreño Palacios Solís Ávila Pinto Montecinos Sáez Burgos Caro Urrutia Villarroel Jaramillo
        Lizama Aguilar Ojeda Delgado Valdivia Méndez Opazo Acevedo Marín Urra Pacheco Arias Leal
        Órdenes Saldivia Cruz Quiroz Faúndez Gatica Gajardo Monsalve Becerra Fuentealba Maturana
        Oyarzo Santander Retamal Pavez Chávez Villagra Suárez Rivas Ponce Cuevas Ríos Cofré Pardo
        Allende Errázuriz Larraín Correa Undurraga Zañartu Irarrázaval Echeverría Goycolea Aldunate
        De_la_Fuente Del_Río Del_Pino De_la_Cruz Santa_María Huenchumilla Huenupi Catrileo Curihuinca
        Millaqueo Nahuelpán Painemal Llancapán Colipí Antilef Marileo Huaiquil Calfuqueo Quilaqueo
        Melillán Paillalef Coñuepán Lincoqueo Cayuqueo Ñancupil Manquilef Raimán Huircán Lemunao
        Tripailao Huenchuleo Curiqueo Catrilaf Naín Pilquimán Mamani Choque Condori Quispe Flores
        Schmidt Müller Fischer Schneider Hoffmann Wagner Becker Schulz Neumann Krause Kunstmann
        Winkler Vogel Klein Keller Hermosilla Marinovic Kovacic Babic Yutronic Radic Martinic Razmilic
        Eterovic Covacevich Mladinic Tomicic Luksic Boric Goic Antonijevic Hasbún Abumohor Zaror
        Said Chahuán Jadue Abusleme Massú Solari Bozzo Canessa Lagomarsino Raggio Costa Dubois
        Letelier Lefever Pinochet Fontaine Edwards Mac-Iver Ross Blanco Prado Lorca Cifuentes
        Cabello Concha Manríquez Alfaro Plaza Rubio Santibáñez Iturra Pincheira Baeza Llanos
        Seguel Vilches Novoa Escalona Galaz Bugueño Honores Cuello Astudillo Veas Olguín
        """

    static let surnameTail = SurnameTail(families: [
        (
            stems: """
            Alb Alc Ald Alm Altam Ambr Anc And Ang Ar Arell Arg Arm Arr Aspill Ast Bal Ball Ban
            Barb Bard Barr Bast Batt Bec Belm Ben Berm Berr Boc Bon Borr Bov Brit Brun Bulc Burg
            Cab Cald Calv Cam Camp Canc Cant Cañ Carb Card Carr Casan Casc Cast Ceb Cent Cerv
            Chac Cid Cill Cobr Coll Corb Cord Coron Corv Cost Crist Cub Dav Dom Dur Elg Enr Esc
            Esp Esquiv Estr Fab Falc Far Fer Fierr Figu Fonsec Franc Fres Frag Fuenz Gab Gal
            Gall Gamb Gan Garc Garr Gasp Gav Gil God Gord Gran Grij Guer Guill Guz Her Hid Hig
            Holg Hort Hur Iñig Jorqu Labr Lam Land Laz Led Leng Ler Lin Liz Loay Lob Loz Luc
            Luj Mach Mad Mald Malv Manc Mans Manz Marc Marm Mas Mat Maur Mel Menc Mend Mer Mes
            Mil Mir Mois Mol Mond Mont Morg Mosc Moy Mun Nar Nav Neg Nog Obreg Ocar Och Olm Oñ
            Or Ord Orm Oros Osor Ovall Pad Pal Pan Par Past Pay Pedr Pel Pen Pern Pic Pin Piñ
            Pom Port Poz Pul Quez Quint Quir Ram Rec Reb Rend Ret Rib Ric Rob Roc Rod Rom Ros
            Rub Rued Sal Sald Salg Sanh Sant Sarm Seg Serr Sev Sig Sot Suaz Tab Tal Tam Tej Tell
            Ter Tob Tol Tor Torr Treb Trist Tru Ub Ug Urb Urz Val Valb Valv Var Veg Vel Ven Verd
            Vic Vid Vill Vit Viv Zab Zal Zam Zap Zar Zel Zorr Zul Zurit
            """,
            endings: """
            ado ada ales ero era eda edo illo illa ares ano ana ino ina ona ón ondo uela uelo
            ez az iz osa oso oza eta ete al ar án ín és asco ante ente ida ido ena eño aga ego
            ialba avides azábal alde olea arte ieri ate
            """
        ),
        (
            stems: """
            Huen Huenchu Catri Curi Nahuel Calfu Antil Llanca Milla Pain Paine Quin Colli Mari Lef
            Cayu Ñanco Pichi Raguin Huaiqui Coña Manqui Melli Lemu Tripai Pilqui Quila Huiri Anca
            Cheuque Licán Lonco Mañqui Necul Pailla Queupu Reuque Traipe Treca Epu Külla Aillapán
            """,
            endings: """
            pán leo man queo mil cheo laf huen pi nao hual vil lef ñir mir pil che pe ante íqueo
            vilu cura lén ngue mún huinca toro cán
            """
        ),
        (
            stems:
                "Eche Goi Iri Arri Urru Agui Beren Etche Garay Ibarr Lar Mendi Ola Oya Sala Uga Zuaz Zabal Arte Elizal Gorro Irar Jáure Legarr Orue Urqui",
            endings:
                "verría garay goyen barren zábal coechea güeta rieta tegui zaga rrondo gui ñaga guren mendi chea aga iturri"
        ),
        (
            stems:
                "Marin Kov Bab Radon Martin Raz Eter Mlad Tom Luk Gol Ant Drag Franul Ivan Jur Kuz Mih Nik Ostoj Pavl Petr Rend Sim Stip Vlad Vuk Yurc Zlat Peric",
            endings: "ovic ic inic acic evic avic kovic usic sic"
        ),
        (
            stems:
                "Berg Hein Kauf Kling König Lang Neu Ober Reichen Rosen Schön Schwarz Stein Wald Weiss Winter Zimmer Acker Baum Eisen Feld Gross Hart Koch",
            endings: "mann er berg feld bach heim stein meyer bauer hardt wald ke"
        ),
    ])

    static let femaleGiven = [
        """
        María Rosa Ana Luz Juana Olga Marta Elena Carmen Inés Teresa Gladys Silvia Norma Mercedes
        Berta Blanca Eliana Raquel Isabel Sara Hilda Irma Graciela Lidia Julia Ester Margarita
        Adriana Filomena Clorinda Zunilda Ema Aída Edith Alicia Nelly Victoria Eduvina Sofía
        Herminia Otilia Elba Delia Josefina Ernestina Lucía Rebeca Guillermina Laura
        """,
        """
        María Ana Rosa Patricia Carmen Luz Gladys Silvia Sandra Jacqueline Mónica Verónica
        Claudia Cecilia Marcela Margarita Elizabeth Juana Gloria Isabel Teresa Elena Nancy Marta
        Sonia Ximena Susana Alejandra Paola Jeannette Angélica Miriam Soledad Viviana Lorena
        Cristina Luisa Mirta Adriana Flor Eugenia Erika Ruth Virginia Beatriz Olga Ivonne Inés
        Gabriela Pilar Magdalena Liliana Yolanda Fresia Orietta Marisol
        """,
        """
        María Carolina Daniela Claudia Andrea Paola Alejandra Natalia Camila Francisca Valentina
        Paulina Constanza Karen Nicole Pamela Macarena Fernanda Javiera Carla Gabriela Lorena
        Ana Jessica Karina Tamara Marcela Viviana Verónica Katherine Catalina Bárbara Stephanie
        Romina Victoria Loreto Soledad Yasna Ximena Gloria Johanna Solange Susana Evelyn Yessenia
        Consuelo Isabel Pía Cecilia Patricia Belén Paz Ignacia Elizabeth Denisse Marjorie Scarlett
        Nataly Ingrid Rocío Carmen Rosa Trinidad
        """,
        """
        Sofía Martina Valentina Isidora Florencia Emilia Agustina Antonia Josefa Catalina Javiera
        Constanza Maite Isabella Amanda Fernanda Francisca Antonella Trinidad Emma Josefina
        Victoria Millaray Ignacia Renata Camila Monserrat Rafaela Julieta Pascal Magdalena Amparo
        Belén Rocío Anaís Paz Laura Colomba Violeta Gabriela María Alondra Mía Ayelén Rayén Danae
        Dominga Luciana Elisa Gracia Elena Daniela Noelia Krishna Sayen Aylin Isabel Matilda Jesús
        Savka Almendra Esperanza
        """,
    ]

    static let maleGiven = [
        """
        Luis José Juan Manuel Carlos Jorge Pedro Hernán Sergio Raúl Mario Víctor Hugo Eduardo
        Héctor Guillermo Enrique Francisco Humberto Ramón Alfredo Julio Óscar Arturo Fernando
        Osvaldo Rafael Orlando Alberto Ernesto Armando Segundo Rolando Domingo Miguel Antonio
        Gilberto Abraham Leonel Eliseo Heriberto Aníbal Desiderio Custodio Ricardo Roberto Tomás
        Bernardo Florencio Lautaro
        """,
        """
        Luis Juan José Carlos Jorge Manuel Pedro Víctor Patricio Sergio Mario Héctor Claudio
        Eduardo Ricardo Hugo Miguel Francisco Óscar Marcelo Fernando Raúl Julio Mauricio Jaime
        Roberto Rodrigo Guillermo Hernán Marco René Iván Nelson Ramón Enrique Alejandro Cristián
        Álvaro Alfredo Gonzalo Andrés Ernesto Omar Arturo Rubén Rafael Orlando Humberto Gerardo
        Alex Leonardo Christian Ignacio Nibaldo Wilson Washington
        """,
        """
        Luis Cristian Juan José Carlos Rodrigo Felipe Sebastián Francisco Jorge Daniel Diego
        Claudio Pablo Nicolás Víctor Matías Marcelo Gonzalo Eduardo Andrés Manuel Alejandro
        Mauricio Patricio Ignacio Héctor Álvaro Cristóbal Camilo Miguel Pedro Javier Esteban
        Sergio Rubén Fabián Jonathan Alexis Ricardo Marco César Mario David Hernán Leonardo Iván
        Bastián Gabriel Fernando Kevin Óscar Richard Michael Jaime Boris Yerko Hugo Rafael Raúl
        Julio Jean Roberto Danilo Erick Bryan Mirko
        """,
        """
        Benjamín Vicente Martín Matías Joaquín Agustín Cristóbal Maximiliano Sebastián Tomás
        Diego José Nicolás Felipe Lucas Alonso Bastián Juan Ignacio Francisco Gabriel Mateo
        Gaspar Amaro Luis Santiago Máximo Emilio León Simón Renato Julián Facundo Rafael Liam
        Daniel Javier Carlos Ángel Franco Isaías Lautaro Esteban Damián Pedro Antonio Dylan Ian
        Thomas Clemente Manuel Noah Samuel Jorge David Alexander Dante Pablo Álvaro Borja Salvador
        Nahuel Aarón Elías Cristian Andrés Lukas Arturo
        """,
    ]

    /// Surnames of people from Venezuela, Colombia, Peru and Bolivia.
    static let caribbeanSurnames = """
        Rodríguez González Hernández García Pérez Martínez López Sánchez Ramírez Díaz Torres Rojas
        Moreno Gutiérrez Mendoza Quispe Mamani Flores Rivas Colmenares Urdaneta Briceño Guerra
        Marcano Chirinos Rincón Bermúdez Zambrano Ospina Restrepo Giraldo Cardona Valencia Mosquera
        Palacios Hurtado Angulo Riascos Arboleda Quintero Parra Salcedo Páez Villamizar Sulbarán
        Perozo Piña Medina Suárez Castillo Vargas Blanco Guevara Mejía Huamán Chávez Condori Choque
        """

    static let haitianSurnames = """
        Jean Pierre Joseph Charles Louis Paul François Baptiste Michel Saint-Louis Étienne Dorvil
        Exantus Saintil Noël Alexis Augustin Célestin Desir Dieujuste Fils-Aimé Innocent Laguerre
        Lafortune Merisier Metellus Occean Petit-Frère Philogène Prophète Saint-Fleur Sylvain Toussaint
        """

    static let haitianSurnameTail = SurnameTail(families: [
        (
            stems:
                "Beau Bel Ber Cha Clair De Du Fleur Flor Gas Jo La Mar Mé Mon Pré Ro Saint- Val Vil Dor Est",
            endings:
                "voir mont ville lus nard tal seau clair min vert ride lin tor ret sieur noir bert mond rant dieu"
        )
    ])

    static let haitianFemaleGiven = [
        "Marie Rose Jeanne Yvonne Thérèse Anne Germaine Louise Carmen Elmise",
        "Marie Rose Guerline Mirlande Yolette Nadège Solange Ketty Magalie Roselaine",
        "Marie Guerda Widline Judeline Fabiola Daphnée Rose-Merline Esther Nadia Christela Lovely",
        "Kerline Naïka Ruth Dahana Esther Sofía Valentina Marie Christelle Léa",
    ]

    static let haitianMaleGiven = [
        "Jean Joseph Pierre Louis Antoine Emmanuel Saint-Louis Luckner André Fritz",
        "Jean Jacques Wilner Frantz Emmanuel Ronald Yves Gérard Marc Serge",
        "Jean Wilson Jameson Evens Stanley Woodly Ricardo Emmanuel Peterson Kesner Ronaldo Marc-Arthur",
        "Jean Kervens Wisley Emmanuel David Lucas Samuel Jefferson Stevenson Woodensky",
    ]

    static let nicknames = """
        Francisco=Pancho,Paco José=Pepe Manuel=Manolo Luis=Lucho Eduardo=Lalo Guillermo=Memo
        Ignacio=Nacho Sebastián=Seba Matías=Mati Cristóbal=Toto Benjamín=Benja Maximiliano=Max
        Rodrigo=Rorro Alejandro=Jano Nicolás=Nico Vicente=Vicho Antonio=Toño Jorge=Coke Rafael=Rafa
        Gonzalo=Chalo Fernando=Nano Roberto=Beto Alberto=Beto Hernán=Nano Joaquín=Joaco Tomás=Tomy
        Felipe=Pipe Daniel=Dani Gabriel=Gabo Francisca=Pancha,Fran Alejandra=Jany,Ale Carolina=Caro
        Daniela=Dani Valentina=Vale Constanza=Coni Catalina=Cata Javiera=Javi Fernanda=Feña
        Macarena=Maca Gabriela=Gaby Isidora=Isi Josefina=Jose Mercedes=Meche Rosario=Charo
        Isabel=Chabela Consuelo=Chelo Soledad=Sole Patricia=Paty Verónica=Vero Beatriz=Bea
        Elizabeth=Eli Margarita=Maggi Teresa=Tere Susana=Susy Natalia=Naty Camila=Cami
        Magdalena=Malena Graciela=Chela Antonia=Anto Florencia=Flo Antonella=Anto Emilia=Emi
        """

    static let abbreviations = """
        María=Ma. Francisco=Fco. José=J. Juan=Jn. Antonio=Ant. Manuel=Ml. Guillermo=Gmo.
        Fernando=Fdo. Alejandro=Alej. Cristian=Crist. Rodrigo=Rdo. Margarita=Marg. Carmen=Carm.
        """
}
