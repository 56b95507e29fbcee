package dev.serin.signature.text;

import java.util.Set;

/// Words that log messages put beside a tenant word without naming a tenant: `Community not found`.
///
/// Names that test data gives to users are left out though they are words: `test`, `admin`, `root`, `guest`.
final class EverydayWords {

  private static final Set<String> ALL = Set.copyOf(WordList.split(
      """
          a about above access account accounts active actor added address affinity after again agent alias all already
          also always an and any api app application are area as at attempt attribute attributes auth avatar aware back
          balance base batch be because been before behavior being belongs below between billing both bucket but by cache
          call can cannot card cart cause center change changes channel check class cleanup client clients close closes
          code community config context cookie copy could count create creates current currently customer customers data
          database date default defaults defined delete deletes denied detail details device did digest directory disabled
          do does doesn domain down due during each edit else email empty end ended endpoint ends enough entity entries
          entry error errors event events every exceeds exist exists expires export face fail fails failure failures
          feature field fields file filter flag for form format found from full get gone got group groups had handle
          handler handlers has have header hierarchy history hit hook host id if import in inactive incorrect index info input insert
          instance interface invalid invite invites is isn issue it item items its job jobs just key keys kind last layer
          leave level life limit limits link links list lists load local lock login logins logout made manager map may
          member members menu message messages metadata metric might mismatch missing mode model module more most must name
          names network new next no node none not nothing now null number object of off offline ok old on once one online
          only open opens or order orders org origin other out over owner page pages parameter partner password path
          permission permissions phase phone plan pool port portal post posts prefix privacy process profile profiles
          project properties property provider proxy public query queue quota rate read ready reason record records refresh
          region registry remote remove report repository request requests reset resolver resource response result retry
          right rights role roles route row s same save scope search secret security segment server servers service
          services session sessions set settings setup shard shares should side sign size so source space stale start
          started starts state status still stop stopped storage store stream string sub subject support sync system t
          table tag target task team template tenant tenants terms than that the their them then there these they this
          thread ticket tier time timed timeout times to token tokens too tool topic total traffic transfer tree type
          unavailable under unknown until up update updates upgrade upload url usage use user username users uses valid
          value values via view was wasn wait web were when where whether which while who will with within without workflow
          workspace would write wrong you your zone"""));

  private EverydayWords() {}

  static Set<String> all() {
    return ALL;
  }
}
